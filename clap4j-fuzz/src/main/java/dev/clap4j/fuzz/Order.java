package dev.clap4j.fuzz;

/**
 * What a worker is to do: a row of executions, or one input of a folder.
 *
 * @param target by name
 * @param seed which damage is done
 * @param from the first execution
 * @param to the last, exclusive
 * @param millis when to stop earlier
 * @param input the folder of one input to try instead; null for a row
 */
record Order(String target, long seed, long from, long to, long millis, String input) {
    static Order row(String target, long seed, long from, long to, long millis) {
        return new Order(target, seed, from, to, millis, null);
    }

    static Order single(String target, String input) {
        return new Order(target, 0, 0, 1, 0, input);
    }
}
