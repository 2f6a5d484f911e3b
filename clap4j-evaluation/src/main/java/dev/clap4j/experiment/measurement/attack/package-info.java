/** Robustness to adversarial attacks: attacked images and classifiers, warnings and pictures. */
package dev.clap4j.experiment.measurement.attack;
