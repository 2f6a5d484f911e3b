package dev.clap4j.fuzz;

/**
 * An order to a worker: a range of executions, or the input in a folder.
 *
 * @param target the target's name
 * @param seed the seed of the mutations
 * @param from the first execution
 * @param to the end (exclusive)
 * @param millis the time after which to stop early
 * @param input the folder of a single input to run instead; null for a range
 */
record Order(String target, long seed, long from, long to, long millis, String input) {
    static Order row(String target, long seed, long from, long to, long millis) {
        return new Order(target, seed, from, to, millis, null);
    }

    static Order single(String target, String input) {
        return new Order(target, 0, 0, 1, 0, input);
    }
}
