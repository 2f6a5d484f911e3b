/** JMH benchmarks of the hot paths. */
package dev.clap4j.bench;
