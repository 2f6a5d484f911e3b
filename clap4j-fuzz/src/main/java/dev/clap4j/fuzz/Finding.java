package dev.clap4j.fuzz;

/**
 * A fault of the program.
 *
 * @param target the target's name
 * @param seed the seed of the mutations
 * @param execution the first execution that found it
 * @param outcome the outcome
 * @param repeats whether it occurred again when the same input was run once more
 * @param folder the folder of its files
 */
record Finding(String target, long seed, long execution, Outcome outcome, boolean repeats, String folder) {
    /**
     * Returns whether this counts as a fault: time and memory depend on the load of the machine, so they must repeat.
     */
    boolean counts() {
        return repeats || outcome.kind() == Outcome.Kind.EXCEPTION || outcome.kind() == Outcome.Kind.ABORT;
    }
}
