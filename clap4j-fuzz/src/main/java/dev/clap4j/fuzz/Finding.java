package dev.clap4j.fuzz;

/**
 * A fault of the program.
 *
 * @param target what was read
 * @param seed which damage was done
 * @param execution the first that found it
 * @param outcome what happened
 * @param repeats whether it happened again when the same input was tried once more
 * @param folder where its files are
 */
record Finding(String target, long seed, long execution, Outcome outcome, boolean repeats, String folder) {
    /** Time and memory depend on what else the machine does; only what happens twice counts as a fault of the program. */
    boolean counts() {
        return repeats || outcome.kind() == Outcome.Kind.EXCEPTION || outcome.kind() == Outcome.Kind.ABORT;
    }
}
