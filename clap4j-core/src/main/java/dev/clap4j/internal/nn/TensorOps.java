package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorData;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The small tensor algebra in which every network is written once. Interpreters either compute at once or emit a graph.
 *
 * <p>Shapes are given as {@code [b, n, d]}. The batch size (and, for text, the length) may be unknown while a graph is
 * emitted, so no operation returns an extent.
 *
 * @param <T> a tensor of the interpreter
 */
public interface TensorOps<T> {
    /** Returns a constant tensor, converted to 32-bit floats if necessary. */
    T constant(TensorData values);

    /** Returns a constant number, {@code [1]}. */
    default T number(float value) {
        return constant(TensorData.of("number", new float[] {value}, 1));
    }

    /** {@code a + b}, with broadcasting. */
    T add(T a, T b);

    /** {@code a - b}, with broadcasting. */
    T subtract(T a, T b);

    /** {@code a * b} element by element, with broadcasting. */
    T multiply(T a, T b);

    /** {@code a / b} element by element, with broadcasting. */
    T divide(T a, T b);

    /** {@code x * factor}. */
    T scale(T x, float factor);

    /** {@code 1 / (1 + exp(-x))}. */
    T sigmoid(T x);

    /** Returns Swish, {@code x * sigmoid(factor x)} (Ramachandran et al. 2017). */
    T swish(T x, float factor);

    /** {@code exp(x)}. */
    T exp(T x);

    /** Returns the error function, {@code 2 / √π ∫₀ˣ exp(-t²) dt}. */
    T erf(T x);

    /** {@code 1 / √x}. */
    T inverseRoot(T x);

    /** Returns 1 where x is positive, -1 where it is negative, else 0. */
    T sign(T x);

    /** {@code max(x, 0)}. */
    T relu(T x);

    /** {@code x} where positive, else {@code slope * x}. */
    T leakyRelu(T x, float slope);

    /** Returns the exact GELU, {@code x * Φ(x)}. */
    T gelu(T x);

    /** Returns GELU with Φ approximated by the hyperbolic tangent: {@code x * sigmoid(2z)}, {@code z = √(2/π) (x + 0.044715 x³)}. */
    T geluTanh(T x);

    /** {@code x @ b}, over the last two dimensions. */
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
     * Several linear layers with the same input, whose weights are stacked. One product for each costs less than slices of
     * one large product, whose gradients would be padded.
     *
     * @param x {@code [b, n, in]}
     * @param weight {@code [count * width, in]}
     * @param bias {@code [count * width]}, or null for none
     * @return {@code count} tensors {@code [b, n, width]}
     */
    default List<T> linears(T x, T weight, T bias, int count, long width) {
        return IntStream.range(0, count)
                .mapToObj(i -> linear(
                        x,
                        slice(weight, 0, i * width, (i + 1) * width),
                        bias == null ? null : slice(bias, 0, i * width, (i + 1) * width)))
                .toList();
    }

    /** {@code exp(x)} divided by its sum over the last dimension. */
    T softmax(T x);

    /** The logarithm of {@link #softmax}. */
    T logSoftmax(T x);

    /** Normalises the last dimension to mean 0 and variance 1, then scales and shifts it. */
    T layerNorm(T x, T weight, T bias, float epsilon);

    /**
     * Batch normalisation with fixed statistics (inference mode).
     *
     * @param x {@code [b, c, h, w]}; the other tensors are {@code [c]}
     */
    T batchNorm(T x, T weight, T bias, T mean, T variance, float epsilon);

    /**
     * Group normalisation (Wu and He 2018): normalises each group of consecutive channels of each image to mean 0 and
     * variance 1, then scales and shifts every channel.
     *
     * @param x {@code [b, c, h, w]}
     * @param weight {@code [c]}, as is the bias
     * @param groups a divisor of c
     */
    T groupNorm(T x, T weight, T bias, int groups, float epsilon);

    /**
     * Two-dimensional convolution.
     *
     * @param x {@code [b, in, h, w]}
     * @param weight {@code [out, in / groups, kernel, kernel]}
     * @param bias {@code [out]}, or null for none
     * @param groups the number of parts of the channels that are convolved separately
     */
    T conv2d(T x, T weight, T bias, int stride, int padding, int groups);

    /** Two-dimensional convolution without bias, of all channels together. */
    default T conv2d(T x, T weight, int stride, int padding) {
        return conv2d(x, weight, null, stride, padding, 1);
    }

    /**
     * The gradient of {@link #conv2d} with respect to its input: every output value is handed back to the inputs that it
     * is a weighted sum of (a transposed convolution).
     *
     * @param gradient the gradient of the output, {@code [b, out, h, w]}
     * @param weight {@code [out, in / groups, kernel, kernel]}
     * @param height of the input
     * @param width of the input
     * @return {@code [b, in, height, width]}
     */
    T conv2dInput(T gradient, T weight, int stride, int padding, int groups, long height, long width);

    /** Average pooling of {@code [b, c, h, w]} over squares of {@code size × size}; padding counts for nothing. */
    T averagePool2d(T x, int size, int stride, int padding);

    /** Average pooling of {@code [b, c, h, w]} over squares of {@code size × size} without overlap. */
    default T averagePool2d(T x, int size) {
        return averagePool2d(x, size, size, 0);
    }

    /** Enlarges images {@code [b, c, h, w]} by repeating every pixel along both sides. */
    T upsample2d(T x, int factor);

    /** Enlarges images {@code [b, c, h, w]} to the height and width of {@code like}, each pixel taken from the nearest. */
    T upsampleLike(T x, T like);

    /**
     * Multi-head scaled dot-product attention, without the projections.
     *
     * @param query {@code [b, n, d]}
     * @param key {@code [b, m, d]}
     * @param value {@code [b, m, d]}
     * @param heads a divisor of d
     * @param causal whether position i attends only to positions up to i (then n = m)
     * @return {@code [b, n, d]}
     */
    T attention(T query, T key, T value, int heads, boolean causal);

    /**
     * As {@link #attention}, with a mask instead of causality.
     *
     * @param mask {@code [b, n, m]}, or {@code [b, 1, m]} for all queries, added to the scores: 0 where position i of the
     *     query attends to position j, else minus infinity
     */
    T maskedAttention(T query, T key, T value, int heads, T mask);

    /** Reshapes {@code x}; 0 keeps the extent at that index, -1 is inferred. */
    T reshape(T x, long... shape);

    /** Reshapes {@code x} to the extents of {@code like}, which has as many elements. */
    T reshapeLike(T x, T like);

    /** Permutes the dimensions. */
    T transpose(T x, int... order);

    /** Concatenates tensors along a dimension. */
    T concat(int axis, List<T> parts);

    /** Returns the slice of a dimension from {@code start} (inclusive) to {@code end} (exclusive). */
    T slice(T x, int axis, long start, long end);

    /** Adds zeros before and after a dimension. */
    T pad(T x, int axis, long before, long after);

    /** Gathers indices of the last dimension: {@code y[..., i] = x[..., indices[i]]}. */
    T gatherLast(T x, int[] indices);

    /** Returns the mean over a dimension, which is kept with extent 1. */
    T mean(T x, int axis);

    /** Returns the sum over a dimension, which is kept with extent 1. */
    T sum(T x, int axis);

    /** Repeats {@code x} to the extents of {@code like}, as broadcasting does. */
    T expandLike(T x, T like);

    /** Repeats {@code row} of shape {@code [1, ...]} once for each row of {@code like}. */
    T repeatRows(T row, T like);

    /** Returns the first n rows of {@code table} {@code [m, d]}, where n is the second extent of {@code like}. */
    T firstRows(T table, T like);

    /** Looks up rows of a table: {@code table} {@code [m, d]}, {@code numbers} {@code [b, n]} of integers. */
    T rows(T table, T numbers);

    /**
     * Gathers some positions of each sequence.
     *
     * @param x {@code [b, n, d]}
     * @param positions {@code [b, k]}, integers
     * @return {@code [b, k, d]}
     */
    T pick(T x, T positions);

    /**
     * Returns 1 at given positions, else 0.
     *
     * @param positions {@code [b, k]}, integers
     * @param like {@code [b, n, d]}
     * @return {@code [b, k, n]}
     */
    T oneHot(T positions, T like);

    /**
     * Returns the positions of the largest values, largest first.
     *
     * @param x {@code [b, n]}
     * @return {@code [b, count]}, integers
     */
    T largest(T x, int count);
}
