package dev.clap4j.internal.engine;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.util.Arrays;
import java.util.List;

/**
 * Describes an input of a compiled network.
 *
 * @param name its name in the graph
 * @param type F32 or I64
 * @param shape the extents; -1 for any extent
 */
public record Input(String name, DataType type, long... shape) {
    /** Returns whether the first extent is the batch size. */
    public boolean isBatch() {
        return shape.length > 0 && shape[0] < 0;
    }

    /**
     * Checks tensors against the declared inputs.
     *
     * @param declared the declared inputs
     * @param given one tensor for each, in order
     * @throws IllegalArgumentException if a type or shape does not match, or batches are empty or differ in size
     */
    public static void check(List<Input> declared, TensorData... given) {
        if (given.length != declared.size()) {
            throw new IllegalArgumentException(given.length + " inputs given, " + declared.size() + " declared");
        }
        long rows = -1;
        for (int i = 0; i < given.length; i++) {
            Input input = declared.get(i);
            if (given[i].type() != input.type() || !input.fits(given[i].shape())) {
                throw new IllegalArgumentException("Input " + input.name + " should be " + input.type
                        + Arrays.toString(input.shape) + " but is " + given[i]);
            }
            if (input.isBatch()) {
                long found = given[i].shape()[0];
                if (found == 0) {
                    throw new IllegalArgumentException("Input " + input.name + " has no rows");
                }
                if (found != rows && rows >= 0) {
                    throw new IllegalArgumentException(
                            "Input " + input.name + " has " + found + " rows, another has " + rows);
                }
                rows = found;
            }
        }
    }

    private boolean fits(long... found) {
        boolean fits = found.length == shape.length;
        for (int i = 0; fits && i < found.length; i++) {
            fits = shape[i] < 0 || shape[i] == found[i];
        }
        return fits;
    }
}
