/** A stress test: many threads that open, use, close and swap models and heads concurrently. */
package dev.clap4j.fuzz.stress;
