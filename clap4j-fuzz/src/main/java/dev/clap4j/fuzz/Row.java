package dev.clap4j.fuzz;

import java.util.List;

/**
 * The result of a range of executions.
 *
 * @param next the first execution that was not run
 * @param values number of inputs that were read
 * @param refusals number of inputs that were rejected with a message
 * @param found the faults
 * @param died whether the last execution ended the worker
 * @param residentBytes memory of the worker afterwards; 0 if unknown
 * @param nanos duration in nanoseconds
 */
record Row(long next, long values, long refusals, List<Found> found, boolean died, long residentBytes, long nanos) {
    Row {
        found = List.copyOf(found);
    }
}
