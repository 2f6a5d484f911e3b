/** Ablations: a grid over options of training and inference, and its results. */
package dev.clap4j.evaluation.sweep;
