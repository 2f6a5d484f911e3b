/** The work of tasks: one model for each executor, and the rows of a partition. */
package dev.clap4j.internal.spark;
