package dev.clap4j.fuzz;

/**
 * A fault that an execution found.
 *
 * @param execution by which input and damage follow from target and seed
 * @param outcome what happened
 */
record Found(long execution, Outcome outcome) {}
