package dev.clap4j.fuzz;

import dev.clap4j.fuzz.mutation.Input;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A way by which a user's files come into the program.
 *
 * @param name what is read, in a word
 * @param seeds sound inputs, from which damaged ones are made
 * @param attempt reads one input and uses what it got as a user would
 */
public record Target(String name, Supplier<List<Input>> seeds, Attempt attempt) {
    /** Reads one input; gets to its end, or throws a {@link dev.clap4j.ClapException}, and nothing else. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Tries one input.
         *
         * @param folder holds the input's files, and nothing else; what is written there is deleted afterwards
         */
        void run(Path folder) throws Exception;
    }
}
