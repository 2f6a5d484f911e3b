package dev.clap4j.internal.nn;

import java.util.List;

/** The three projections before attention, whose weights are stacked in {@code in_proj_weight}. */
final class QueryKeyValue {
    private QueryKeyValue() {}

    /**
     * Returns the queries of some tokens, and the keys and values of others.
     *
     * @param asking {@code [b, k, width]}
     * @param asked {@code [b, n, width]}
     */
    static <T> List<T> of(TensorOps<T> ops, Weights<T> w, T asking, T asked, long width) {
        T weight = w.get("in_proj_weight");
        T bias = w.get("in_proj_bias");
        T query = ops.linear(asking, ops.slice(weight, 0, 0, width), ops.slice(bias, 0, 0, width));
        T rest = ops.slice(weight, 0, width, 3 * width);
        List<T> keyValue = ops.linears(asked, rest, ops.slice(bias, 0, width, 3 * width), 2, width);
        return List.of(query, keyValue.get(0), keyValue.get(1));
    }
}
