/** What every part of clap4j shares. */
package dev.clap4j;
