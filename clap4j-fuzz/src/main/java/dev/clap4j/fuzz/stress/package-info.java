/** Many threads that open, use, close and swap models and heads at once. */
package dev.clap4j.fuzz.stress;
