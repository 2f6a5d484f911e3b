package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A network's tensors by name.
 *
 * @param <T> a tensor of the interpreter
 */
@FunctionalInterface
public interface Weights<T> {
    /** Returns a tensor by name. */
    T get(String name);

    /** Returns the tensors whose names start with a prefix, by the rest of their names. */
    default Weights<T> under(String prefix) {
        return name -> get(prefix + name);
    }

    /** Returns the tensors of a source as constants of an interpreter, each created on first use. */
    static <T> Weights<T> of(TensorSource source, TensorOps<T> ops) {
        Map<String, T> made = new HashMap<>();
        return name -> made.computeIfAbsent(name, n -> ops.constant(source.get(n)));
    }
}
