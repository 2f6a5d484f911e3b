package dev.clap4j.fuzz;

import dev.clap4j.fuzz.mutation.Input;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** Makes an input that finds a fault small: takes away whatever the fault does not need. */
final class Minimizer {
    private final Predicate<Input> fails;
    private int triesLeft;

    /**
     * A minimizer.
     *
     * @param fails whether an input still finds the fault
     * @param tries the most inputs to try
     */
    Minimizer(Predicate<Input> fails, int tries) {
        this.fails = fails;
        this.triesLeft = tries;
    }

    /** The smallest input found, the given one at worst. */
    Input minimize(Input input) {
        Input smallest = input;
        for (String name : input.names()) {
            Input without = smallest.without(name);
            smallest = stillFails(without) ? without : shorten(smallest, name);
        }
        return smallest;
    }

    /** Cuts out pieces, half the file at first and single bytes at last. */
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
