/** The measurements of the paper, one class each. */
package dev.clap4j.experiment.measurement;
