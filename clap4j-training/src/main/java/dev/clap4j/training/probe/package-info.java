/** Linear probes: linear classifiers on frozen features, trained on a few labelled images. */
package dev.clap4j.training.probe;
