package dev.clap4j.fuzz;

/**
 * What a worker says: a finding on the way, or that an order is done.
 *
 * @param done whether the order is done
 * @param execution the one that found something, or the first that was not done
 * @param outcome of that execution, or of the single input; null for a row that is done
 * @param residentBytes memory of the worker
 */
record Reply(boolean done, long execution, Outcome outcome, long residentBytes) {}
