package dev.clap4j.fuzz;

/**
 * A worker's reply: a finding during an order, or its completion.
 *
 * @param done whether the order is completed
 * @param execution the execution with the finding, or the first that was not run
 * @param outcome the outcome of that execution, or of a single input; null for a completed range
 * @param residentBytes memory of the worker
 */
record Reply(boolean done, long execution, Outcome outcome, long residentBytes) {}
