package dev.clap4j.internal.io;

import java.util.Set;

/** Named tensors to read from: a file, or a file seen through another naming. */
public interface TensorSource {
    /** The names of all tensors, in the order of the source. */
    Set<String> names();

    /**
     * The tensor of that name.
     *
     * @throws dev.clap4j.ClapException if there is none, naming the source and the tensor
     */
    TensorData get(String name);

    /** Whether there is a tensor of that name. */
    default boolean contains(String name) {
        return names().contains(name);
    }
}
