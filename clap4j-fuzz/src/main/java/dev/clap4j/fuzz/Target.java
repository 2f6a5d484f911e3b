package dev.clap4j.fuzz;

import dev.clap4j.fuzz.mutation.Input;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A way in which users' files enter the program.
 *
 * @param name a word for the kind of file
 * @param seeds valid inputs, which are mutated
 * @param attempt reads one input and uses the result as a user would
 */
public record Target(String name, Supplier<List<Input>> seeds, Attempt attempt) {
    /** Reads one input; may only return normally or throw a {@link dev.clap4j.ClapException}. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Runs one input.
         *
         * @param folder holds the input's files only; whatever is written there is deleted afterwards
         */
        void run(Path folder) throws Exception;
    }
}
