/** Benchmarks of whole jobs against the machine's rate of matrix products. */
package dev.clap4j.benchmark;
