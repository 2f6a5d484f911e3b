package dev.clap4j.internal.io;

import java.util.Set;

/** A source of named tensors: a file, or a file under another naming scheme. */
public interface TensorSource {
    /** Returns the names of all tensors, in the order of the source. */
    Set<String> names();

    /**
     * Returns a tensor by name.
     *
     * @throws dev.clap4j.ClapException if there is none, naming the source and the tensor
     */
    TensorData get(String name);

    /** Returns whether there is a tensor of that name. */
    default boolean contains(String name) {
        return names().contains(name);
    }
}
