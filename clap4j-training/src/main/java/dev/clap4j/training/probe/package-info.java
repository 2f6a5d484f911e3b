/** Linear probes: what a linear layer on frozen features learns from a few labelled images. */
package dev.clap4j.training.probe;
