/** The training of heads: plan, encode, fit. {@link dev.clap4j.training.Training} is its front door. */
package dev.clap4j.internal.training;
