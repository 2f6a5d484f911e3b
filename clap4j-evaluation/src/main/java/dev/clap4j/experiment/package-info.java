/** Experiments: methods, measurements, and scores as tidy rows. */
package dev.clap4j.experiment;
