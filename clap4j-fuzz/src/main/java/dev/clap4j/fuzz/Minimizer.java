package dev.clap4j.fuzz;

import dev.clap4j.fuzz.mutation.Input;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** Minimizes a failing input by removing whatever the fault does not depend on. */
final class Minimizer {
    private final Predicate<Input> fails;
    private int triesLeft;

    /**
     * Creates a minimizer.
     *
     * @param fails whether an input still triggers the fault
     * @param tries the maximum number of inputs to run
     */
    Minimizer(Predicate<Input> fails, int tries) {
        this.fails = fails;
        this.triesLeft = tries;
    }

    /** Returns the smallest failing input found, at worst the given one. */
    Input minimize(Input input) {
        Input smallest = input;
        for (String name : input.names()) {
            Input without = smallest.without(name);
            smallest = stillFails(without) ? without : shorten(smallest, name);
        }
        return smallest;
    }

    /** Removes pieces, from half of the file down to single bytes. */
    private Input shorten(Input input, String name) {
        Input smallest = input;
        for (int piece = Math.max(1, input.get(name).length); piece > 0; piece /= 2) {
            int at = 0;
            while (at < smallest.get(name).length && triesLeft > 0) {
                Input shorter = smallest.with(name, cut(smallest.get(name), at, piece));
                if (stillFails(shorter)) {
                    smallest = shorter;
                } else {
                    at += piece;
                }
            }
        }
        return smallest;
    }

    private static byte[] cut(byte[] content, int at, int count) {
        int end = Math.min(content.length, at + count);
        return ByteBuffer.allocate(content.length - (end - at))
                .put(content, 0, at)
                .put(content, end, content.length - end)
                .array();
    }

    private boolean stillFails(Input input) {
        return triesLeft-- > 0 && fails.test(input);
    }
}
