/** Experiments that train their heads first: the quickstart, the paper's protocol, and sweeps. */
package dev.clap4j.experiment.recipe;
