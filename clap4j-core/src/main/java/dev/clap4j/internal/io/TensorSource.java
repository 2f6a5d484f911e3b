package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.util.Map;
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

    /** Returns a source of tensors in memory; the origin names it in errors. */
    static TensorSource of(Map<String, TensorData> tensors, String origin) {
        return new TensorSource() {
            @Override
            public Set<String> names() {
                return tensors.keySet();
            }

            @Override
            public TensorData get(String name) {
                TensorData tensor = tensors.get(name);
                if (tensor == null) {
                    throw new ClapException(origin + " has no tensor " + name + "; it has " + tensors.keySet());
                }
                return tensor;
            }
        };
    }

    /** Returns whether there is a tensor of that name. */
    default boolean contains(String name) {
        return names().contains(name);
    }
}
