/** How training descends and when it stops; all state can be saved and restored bit for bit. */
package dev.clap4j.training.optimizer;
