package dev.clap4j.fuzz;

import java.util.List;

/**
 * A row of executions, done.
 *
 * @param next the first execution that was not done
 * @param values inputs that were read
 * @param refusals inputs that were refused in words
 * @param found faults
 * @param died whether the last execution ended the worker
 * @param residentBytes memory of the worker afterwards; 0 if unknown
 * @param nanos how long it took
 */
record Row(long next, long values, long refusals, List<Found> found, boolean died, long residentBytes, long nanos) {
    Row {
        found = List.copyOf(found);
    }
}
