package dev.clap4j.internal.nn;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names and shapes of a network's tensors, in order; checkpoints are checked against them. */
public final class Shapes {
    private final Map<String, long[]> byName = new LinkedHashMap<>();

    /** Adds one tensor. */
    public Shapes with(String name, long... shape) {
        byName.put(name, shape);
        return this;
    }

    /** Adds the tensors of a submodule under a prefix. */
    public Shapes with(String prefix, Shapes part) {
        part.byName.forEach((name, shape) -> byName.put(prefix + name, shape));
        return this;
    }

    /** Adds {@code .weight} and {@code .bias} of a normalisation layer, both {@code [width]}. */
    public Shapes withNorm(String name, long width) {
        return with(name + ".weight", width).with(name + ".bias", width);
    }

    /** Adds {@code .weight} {@code [out, in]} and {@code .bias} {@code [out]}. */
    public Shapes withLinear(String name, long in, long out) {
        return with(name + ".weight", out, in).with(name + ".bias", out);
    }

    /** Adds {@code .weight} {@code [out, in, kernel, kernel]} and {@code .bias} {@code [out]} of a convolution. */
    public Shapes withConv(String name, long in, long out, long kernel) {
        return with(name + ".weight", out, in, kernel, kernel).with(name + ".bias", out);
    }

    /** Returns shapes by name, in the order in which they were added. */
    public Map<String, long[]> asMap() {
        return byName;
    }
}
