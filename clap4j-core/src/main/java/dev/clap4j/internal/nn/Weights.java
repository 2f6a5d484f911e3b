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
    /** The tensor of that name. */
    T get(String name);

    /** The tensors whose names begin so, by the rest of their names. */
    default Weights<T> under(String prefix) {
        return name -> get(prefix + name);
    }

    /** The tensors of a source as constants of an interpreter, each made when first asked for. */
    static <T> Weights<T> of(TensorSource source, TensorOps<T> ops) {
        Map<String, T> made = new HashMap<>();
        return name -> made.computeIfAbsent(name, n -> ops.constant(source.get(n)));
    }
}
