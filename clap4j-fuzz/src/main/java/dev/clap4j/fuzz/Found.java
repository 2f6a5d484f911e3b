package dev.clap4j.fuzz;

/**
 * A fault found by an execution.
 *
 * @param execution its number, which with target and seed determines the input
 * @param outcome the outcome
 */
record Found(long execution, Outcome outcome) {}
