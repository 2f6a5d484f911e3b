/** Optimizers and early stopping. All state can be saved and restored bit for bit. */
package dev.clap4j.internal.optimizer;
