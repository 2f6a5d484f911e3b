package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorData;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The small algebra in which every network is written once. Its interpreters either compute at once or emit a graph.
 *
 * <p>Shapes are given as {@code [b, n, d]}. The batch (and, for text, the length) may be unknown while a graph is
 * emitted; so no operation here returns an extent.
 *
 * @param <T> a tensor of the interpreter
 */
public interface TensorOps<T> {
    /** A tensor whose values are given, converted to 32-bit floats if it holds others. */
    T constant(TensorData values);

    /** {@code a + b}, with broadcasting. */
    T add(T a, T b);

    /** {@code a * b} element by element, with broadcasting. */
    T multiply(T a, T b);

    /** {@code x * factor}. */
    T scale(T x, float factor);

    /** {@code 1 / (1 + exp(-x))}. */
    T sigmoid(T x);

    /** {@code max(x, 0)}. */
    T relu(T x);

    /** {@code x} where positive, else {@code slope * x}. */
    T leakyRelu(T x, float slope);

    /** The exact GELU, {@code x * Φ(x)}. */
    T gelu(T x);

    /** {@code x @ b}: the last two dimensions are matrices. */
    T matmul(T x, T b);

    /**
     * {@code x @ weightᵀ + bias} over the last dimension.
     *
     * @param x {@code [..., in]}, of rank 2 or 3
     * @param weight {@code [out, in]}
     * @param bias {@code [out]}, or null for none
     */
    T linear(T x, T weight, T bias);

    /**
     * Several linear layers of one input, whose weights lie one below the other.
     *
     * @param x {@code [b, n, in]}
     * @param weight {@code [count * width, in]}
     * @param bias {@code [count * width]}
     * @return {@code count} times {@code [b, n, width]}
     */
    default List<T> linears(T x, T weight, T bias, int count, long width) {
        T together = linear(x, weight, bias);
        return IntStream.range(0, count)
                .mapToObj(i -> slice(together, 2, i * width, (i + 1) * width))
                .toList();
    }

    /** Normalises the last dimension to mean 0 and variance 1, then scales and shifts it. */
    T layerNorm(T x, T weight, T bias, float epsilon);

    /**
     * Batch normalisation with frozen statistics.
     *
     * @param x {@code [b, c, h, w]}; the other tensors are {@code [c]}
     */
    T batchNorm(T x, T weight, T bias, T mean, T variance, float epsilon);

    /**
     * Two-dimensional convolution without bias.
     *
     * @param x {@code [b, in, h, w]}
     * @param weight {@code [out, in, kernel, kernel]}
     */
    T conv2d(T x, T weight, int stride, int padding);

    /** The mean of every {@code size × size} square of {@code [b, c, h, w]}, without overlap. */
    T averagePool2d(T x, int size);

    /**
     * Scaled dot-product attention with several heads, without the projections.
     *
     * @param query {@code [b, n, d]}
     * @param key {@code [b, m, d]}
     * @param value {@code [b, m, d]}
     * @param heads a divisor of d
     * @param causal whether position i sees only positions up to i (then n = m)
     * @return {@code [b, n, d]}
     */
    T attention(T query, T key, T value, int heads, boolean causal);

    /**
     * As {@link #attention}, where a mask says which position sees which.
     *
     * @param mask {@code [b, n, m]}, added to the scores: 0 where position i of the query sees position j, else minus
     *     infinity
     */
    T maskedAttention(T query, T key, T value, int heads, T mask);

    /** Another shape of the same elements; 0 keeps the extent at that place, -1 is inferred. */
    T reshape(T x, long... shape);

    /** The dimensions in another order. */
    T transpose(T x, int... order);

    /** The tensors one after the other along a dimension. */
    T concat(int axis, List<T> parts);

    /** The part from {@code start} (included) to {@code end} (excluded) of a dimension. */
    T slice(T x, int axis, long start, long end);

    /** Chosen places of the last dimension: {@code y[..., i] = x[..., indices[i]]}. */
    T gatherLast(T x, int[] indices);

    /** The mean over a dimension, which stays with extent 1. */
    T mean(T x, int axis);

    /** {@code row} of shape {@code [1, ...]} repeated as often as {@code like} has rows. */
    T repeatRows(T row, T like);

    /** The first n rows of {@code table} {@code [m, d]}, where n is the second extent of {@code like}. */
    T firstRows(T table, T like);

    /** Rows of a table by their numbers: {@code table} {@code [m, d]}, {@code numbers} {@code [b, n]} of integers. */
    T rows(T table, T numbers);

    /**
     * Some positions of each sequence.
     *
     * @param x {@code [b, n, d]}
     * @param positions {@code [b, k]}, integers
     * @return {@code [b, k, d]}
     */
    T pick(T x, T positions);
}
