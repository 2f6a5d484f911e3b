/** The format of vectors on disk. */
package dev.clap4j.internal.search;
