package dev.clap4j.internal.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The work of a task; the same for all tasks, and broadcast.
 *
 * @param recipe the encoders
 * @param classes the classes; empty if rows are not classified
 * @param output the columns to add
 */
public record Task(EncoderRecipe recipe, List<ClassRows> classes, Output output) implements Serializable {
    /**
     * The columns that a task adds, and those of its input that it keeps.
     *
     * @param input the index of the column with pictures or texts
     * @param name the index of the column with names for messages; -1 if there is none
     * @param kept the indices of the columns that are kept, in order
     * @param features adds features
     * @param vectors adds them as vectors of doubles instead of arrays of floats
     */
    public record Output(int input, int name, List<Integer> kept, boolean features, boolean vectors)
            implements Serializable {}

    /** Returns the classes, if there are any. */
    Optional<ClassRows> classRows() {
        return classes.stream().findFirst();
    }
}
