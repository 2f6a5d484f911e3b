/** Ablations: a grid over options of training and inference, and what comes of it. */
package dev.clap4j.evaluation.sweep;
