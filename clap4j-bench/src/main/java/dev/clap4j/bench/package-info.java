/** How long the hot paths take, by JMH. Nothing depends on this. */
package dev.clap4j.bench;
