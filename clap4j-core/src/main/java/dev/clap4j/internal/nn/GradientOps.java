package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Wraps an interpreter, records what depends on variables, and computes gradients in the same algebra by reverse
 * accumulation: beside each operation stands its vector-Jacobian product, which maps the gradient of its result to that
 * of an operand. Around an interpreter that emits graphs, the gradient becomes part of the graph.
 *
 * <p>Products are emitted only on the paths from variables to the result. They read the operands of the forward pass, so
 * weights exist once.
 *
 * @param <T> a tensor of the wrapped interpreter
 */
public final class GradientOps<T> implements TensorOps<GradientOps.Value<T>> {
    private final TensorOps<T> ops;
    private final ShapeOps shapes = new ShapeOps();
    private int values;

    /** Wraps an interpreter. */
    public GradientOps(TensorOps<T> ops) {
        this.ops = ops;
    }

    /**
     * A tensor and how it was computed.
     *
     * @param <T> a tensor of the wrapped interpreter
     */
    public static final class Value<T> {
        private final T tensor;
        private final long[] shape;
        private final int number;
        private final boolean varies;
        private final List<Path<T>> paths;

        private Value(T tensor, long[] shape, int number, boolean varies, List<Path<T>> paths) {
            this.tensor = tensor;
            this.shape = shape;
            this.number = number;
            this.varies = varies;
            this.paths = paths;
        }

        /** Returns the tensor of the wrapped interpreter. */
        public T tensor() {
            return tensor;
        }

        /** Returns the extents, -1 for one that is not known. */
        public long[] shape() {
            return shape.clone();
        }
    }

    /** The way back from a value to an operand. */
    private record Path<T>(Value<T> operand, UnaryOperator<T> product) {}

    /**
     * Returns a variable: gradients can be asked for with respect to it.
     *
     * @param shape -1 for an extent that is not known
     */
    public Value<T> variable(T tensor, long... shape) {
        return new Value<>(tensor, shape, values++, true, List.of());
    }

    /** As {@link #variable}, but without gradients. */
    public Value<T> constant(T tensor, long... shape) {
        return new Value<>(tensor, shape, values++, false, List.of());
    }

    @Override
    public Value<T> constant(TensorData data) {
        return constant(ops.constant(data), data.shape());
    }

    /**
     * Returns the gradients of the sum of a result's elements.
     *
     * @return for each variable a tensor of its shape
     */
    public List<T> gradients(Value<T> result, List<Value<T>> variables) {
        Map<Value<T>, T> gradients = new HashMap<>();
        // A value is recorded after its operands, so in descending order its gradient is complete when it is passed on.
        NavigableMap<Integer, Value<T>> open = new TreeMap<>();
        gradients.put(result, ops.expandLike(number(1), result.tensor));
        open.put(result.number, result);
        while (!open.isEmpty()) {
            Value<T> value = open.pollLastEntry().getValue();
            for (Path<T> path : value.paths) {
                gradients.merge(path.operand, path.product.apply(gradients.get(value)), ops::add);
                open.put(path.operand.number, path.operand);
            }
        }
        return variables.stream()
                .map(variable -> gradients.computeIfAbsent(variable, any -> ops.scale(variable.tensor, 0)))
                .toList();
    }

    private T number(float value) {
        return ops.constant(TensorData.of("number", new float[] {value}, 1));
    }

    private Path<T> path(Value<T> operand, UnaryOperator<T> product) {
        return new Path<>(operand, product);
    }

    @SafeVarargs
    private Value<T> result(T tensor, long[] shape, Path<T>... paths) {
        List<Path<T>> all = new ArrayList<>();
        for (Path<T> path : paths) {
            all.add(path);
        }
        return result(tensor, shape, all);
    }

    private Value<T> result(T tensor, long[] shape, List<Path<T>> paths) {
        List<Path<T>> varying =
                paths.stream().filter(path -> path.operand.varies).toList();
        return new Value<>(tensor, shape, values++, !varying.isEmpty(), varying);
    }

    /** Returns the result of an operation on one operand that keeps its shape. */
    private Value<T> each(Value<T> x, T y, UnaryOperator<T> product) {
        return result(y, x.shape, path(x, product));
    }

    /** Sums a gradient over the dimensions along which an operand was repeated by broadcasting. */
    private T summed(T gradient, long[] from, long[] to) {
        T sum = gradient;
        int added = from.length - to.length;
        for (int axis = 0; axis < from.length; axis++) {
            if (from[axis] != 1 && (axis < added || to[axis - added] == 1)) {
                sum = ops.sum(sum, axis);
            }
        }
        return added == 0 ? sum : ops.reshape(sum, to);
    }

    private Path<T> broadcast(Value<T> operand, long[] to, UnaryOperator<T> product) {
        return path(operand, g -> summed(product.apply(g), to, operand.shape));
    }

    @Override
    public Value<T> add(Value<T> a, Value<T> b) {
        long[] shape = shapes.add(a.shape, b.shape);
        return result(ops.add(a.tensor, b.tensor), shape, broadcast(a, shape, g -> g), broadcast(b, shape, g -> g));
    }

    @Override
    public Value<T> subtract(Value<T> a, Value<T> b) {
        long[] shape = shapes.subtract(a.shape, b.shape);
        return result(
                ops.subtract(a.tensor, b.tensor),
                shape,
                broadcast(a, shape, g -> g),
                broadcast(b, shape, g -> ops.scale(g, -1)));
    }

    @Override
    public Value<T> multiply(Value<T> a, Value<T> b) {
        long[] shape = shapes.multiply(a.shape, b.shape);
        return result(
                ops.multiply(a.tensor, b.tensor),
                shape,
                broadcast(a, shape, g -> ops.multiply(g, b.tensor)),
                broadcast(b, shape, g -> ops.multiply(g, a.tensor)));
    }

    @Override
    public Value<T> divide(Value<T> a, Value<T> b) {
        long[] shape = shapes.divide(a.shape, b.shape);
        T y = ops.divide(a.tensor, b.tensor);
        return result(
                y,
                shape,
                broadcast(a, shape, g -> ops.divide(g, b.tensor)),
                broadcast(b, shape, g -> ops.divide(ops.multiply(g, y), ops.scale(b.tensor, -1))));
    }

    @Override
    public Value<T> scale(Value<T> x, float factor) {
        return each(x, ops.scale(x.tensor, factor), g -> ops.scale(g, factor));
    }

    @Override
    public Value<T> sigmoid(Value<T> x) {
        T y = ops.sigmoid(x.tensor);
        return each(x, y, g -> ops.multiply(g, ops.subtract(y, ops.multiply(y, y))));
    }

    /** With s the sigmoid and c the factor, y' = s + c y - s c y. */
    @Override
    public Value<T> swish(Value<T> x, float factor) {
        T sigmoid = ops.sigmoid(factor == 1 ? x.tensor : ops.scale(x.tensor, factor));
        T y = ops.multiply(x.tensor, sigmoid);
        return each(x, y, g -> {
            T scaled = factor == 1 ? y : ops.scale(y, factor);
            T slope = ops.add(sigmoid, ops.subtract(scaled, ops.multiply(sigmoid, scaled)));
            return ops.multiply(g, slope);
        });
    }

    @Override
    public Value<T> exp(Value<T> x) {
        T y = ops.exp(x.tensor);
        return each(x, y, g -> ops.multiply(g, y));
    }

    @Override
    public Value<T> erf(Value<T> x) {
        float most = (float) (2 / Math.sqrt(Math.PI));
        return each(x, ops.erf(x.tensor), g -> {
            T bell = ops.exp(ops.scale(ops.multiply(x.tensor, x.tensor), -1));
            return ops.multiply(g, ops.scale(bell, most));
        });
    }

    @Override
    public Value<T> inverseRoot(Value<T> x) {
        T y = ops.inverseRoot(x.tensor);
        return each(x, y, g -> ops.multiply(g, ops.scale(ops.multiply(y, ops.multiply(y, y)), -0.5f)));
    }

    /** Is constant on both sides of the jump. */
    @Override
    public Value<T> sign(Value<T> x) {
        return result(ops.sign(x.tensor), x.shape);
    }

    @Override
    public Value<T> relu(Value<T> x) {
        T y = ops.relu(x.tensor);
        return each(x, y, g -> ops.multiply(g, ops.sign(y)));
    }

    @Override
    public Value<T> leakyRelu(Value<T> x, float slope) {
        return each(x, ops.leakyRelu(x.tensor, slope), g -> {
            T positive = ops.sign(ops.relu(x.tensor));
            return ops.multiply(g, ops.add(ops.scale(positive, 1 - slope), number(slope)));
        });
    }

    /** y' = Φ(x) + x φ(x). */
    @Override
    public Value<T> gelu(Value<T> x) {
        T below = ops.scale(ops.add(ops.erf(ops.scale(x.tensor, (float) Math.sqrt(0.5))), number(1)), 0.5f);
        return each(x, ops.multiply(x.tensor, below), g -> {
            T bell = ops.exp(ops.scale(ops.multiply(x.tensor, x.tensor), -0.5f));
            T density = ops.scale(bell, (float) Math.sqrt(0.5 / Math.PI));
            return ops.multiply(g, ops.add(below, ops.multiply(x.tensor, density)));
        });
    }

    @Override
    public Value<T> geluTanh(Value<T> x) {
        double factor = 2 * Math.sqrt(2 / Math.PI);
        Value<T> square = scale(multiply(x, x), (float) (0.044715 * factor));
        Value<T> linear = constant(TensorData.of("factor", new float[] {(float) factor}, 1));
        return multiply(x, sigmoid(multiply(x, add(square, linear))));
    }

    @Override
    public Value<T> softmax(Value<T> x) {
        T y = ops.softmax(x.tensor);
        return each(x, y, g -> {
            T weighted = ops.multiply(g, y);
            return ops.subtract(weighted, ops.multiply(y, ops.sum(weighted, -1)));
        });
    }

    @Override
    public Value<T> logSoftmax(Value<T> x) {
        T y = ops.logSoftmax(x.tensor);
        return each(x, y, g -> ops.subtract(g, ops.multiply(ops.exp(y), ops.sum(g, -1))));
    }

    /** Exchanges the last two dimensions. */
    private T transposed(T matrices, int rank) {
        int[] order = IntStream.range(0, rank).toArray();
        order[rank - 2] = rank - 1;
        order[rank - 1] = rank - 2;
        return ops.transpose(matrices, order);
    }

    /** Returns the gradient of a matrix that rows were multiplied by: {@code leftᵀ @ right}, over all rows. */
    private T overRows(T left, long[] leftShape, T right, long[] rightShape) {
        return ops.matmul(ops.transpose(rows(left, leftShape), 1, 0), rows(right, rightShape));
    }

    /** Reshapes a tensor to a matrix of its rows. */
    private T rows(T x, long[] shape) {
        return shape.length == 2 ? x : ops.reshape(x, -1, shape[shape.length - 1]);
    }

    @Override
    public Value<T> matmul(Value<T> x, Value<T> b) {
        long[] shape = shapes.matmul(x.shape, b.shape);
        int rank = b.shape.length;
        return result(
                ops.matmul(x.tensor, b.tensor),
                shape,
                path(x, g -> rank == 2 ? ops.linear(g, b.tensor, null) : ops.matmul(g, transposed(b.tensor, rank))),
                path(
                        b,
                        g -> rank == 2
                                ? overRows(x.tensor, x.shape, g, shape)
                                : ops.matmul(transposed(x.tensor, x.shape.length), g)));
    }

    @Override
    public Value<T> linear(Value<T> x, Value<T> weight, Value<T> bias) {
        long[] shape = shapes.linear(x.shape, weight.shape, null);
        Path<T> input = path(x, g -> ops.matmul(g, weight.tensor));
        Path<T> matrix = path(weight, g -> overRows(g, shape, x.tensor, x.shape));
        return bias == null
                ? result(ops.linear(x.tensor, weight.tensor, null), shape, input, matrix)
                : result(
                        ops.linear(x.tensor, weight.tensor, bias.tensor),
                        shape,
                        input,
                        matrix,
                        broadcast(bias, shape, g -> g));
    }

    /** Computes layer by layer: a gradient that goes back to a slice of one large product would be padded. */
    @Override
    public List<Value<T>> linears(Value<T> x, Value<T> weight, Value<T> bias, int count, long width) {
        return IntStream.range(0, count)
                .mapToObj(i -> linear(
                        x,
                        slice(weight, 0, i * width, (i + 1) * width),
                        bias == null ? null : slice(bias, 0, i * width, (i + 1) * width)))
                .toList();
    }

    /** Normalises the last dimension to mean 0 and variance 1. */
    private Value<T> normalised(Value<T> x, float epsilon) {
        T centred = ops.subtract(x.tensor, ops.mean(x.tensor, -1));
        T variance = ops.mean(ops.multiply(centred, centred), -1);
        T inverse = ops.inverseRoot(ops.add(variance, number(epsilon)));
        T y = ops.multiply(centred, inverse);
        return each(x, y, g -> {
            T along = ops.multiply(y, ops.mean(ops.multiply(g, y), -1));
            T rest = ops.subtract(ops.subtract(g, ops.mean(g, -1)), along);
            return ops.multiply(rest, inverse);
        });
    }

    @Override
    public Value<T> layerNorm(Value<T> x, Value<T> weight, Value<T> bias, float epsilon) {
        return add(multiply(normalised(x, epsilon), weight), bias);
    }

    @Override
    public Value<T> groupNorm(Value<T> x, Value<T> weight, Value<T> bias, int groups, float epsilon) {
        Value<T> parts = normalised(reshape(x, 0, groups, -1), epsilon);
        return add(multiply(reshapeLike(parts, x), eachChannel(weight)), eachChannel(bias));
    }

    private Value<T> eachChannel(Value<T> weight) {
        return reshape(weight, weight.shape[0], 1, 1);
    }

    @Override
    public Value<T> batchNorm(
            Value<T> x, Value<T> weight, Value<T> bias, Value<T> mean, Value<T> variance, float epsilon) {
        long[] channels = {weight.shape[0], 1, 1};
        UnaryOperator<T> each = perChannel -> ops.reshape(perChannel, channels);
        UnaryOperator<T> inverse =
                factor -> ops.multiply(factor, ops.inverseRoot(ops.add(variance.tensor, number(epsilon))));
        UnaryOperator<T> over = g -> ops.reshape(summed(g, x.shape, channels), weight.shape);
        return result(
                ops.batchNorm(x.tensor, weight.tensor, bias.tensor, mean.tensor, variance.tensor, epsilon),
                x.shape,
                path(x, g -> ops.multiply(g, each.apply(inverse.apply(weight.tensor)))),
                path(
                        weight,
                        g -> inverse.apply(
                                over.apply(ops.multiply(g, ops.subtract(x.tensor, each.apply(mean.tensor)))))),
                path(bias, over));
    }

    @Override
    public Value<T> conv2d(Value<T> x, Value<T> weight, Value<T> bias, int stride, int padding, int groups) {
        requireConstant(weight);
        long[] shape = shapes.conv2d(x.shape, weight.shape, null, stride, padding, groups);
        Path<T> input =
                path(x, g -> ops.conv2dInput(g, weight.tensor, stride, padding, groups, x.shape[2], x.shape[3]));
        T y = ops.conv2d(x.tensor, weight.tensor, bias == null ? null : bias.tensor, stride, padding, groups);
        if (bias == null) {
            return result(y, shape, input);
        }
        long[] channels = {shape[1], 1, 1};
        return result(y, shape, input, path(bias, g -> ops.reshape(summed(g, shape, channels), bias.shape)));
    }

    private static void requireConstant(Value<?> kernels) {
        if (kernels.varies) {
            throw new IllegalArgumentException("The kernels of a convolution should be constant");
        }
    }

    @Override
    public Value<T> conv2dInput(
            Value<T> gradient, Value<T> weight, int stride, int padding, int groups, long height, long width) {
        requireConstant(weight);
        return result(
                ops.conv2dInput(gradient.tensor, weight.tensor, stride, padding, groups, height, width),
                shapes.conv2dInput(gradient.shape, weight.shape, stride, padding, groups, height, width),
                path(gradient, g -> ops.conv2d(g, weight.tensor, null, stride, padding, groups)));
    }

    @Override
    public Value<T> averagePool2d(Value<T> x, int size, int stride, int padding) {
        long height = x.shape[2];
        long width = x.shape[3];
        long[] shape = shapes.averagePool2d(x.shape, size, stride, padding);
        boolean tiled = size == stride && padding == 0 && height % size == 0 && width % size == 0;
        return result(ops.averagePool2d(x.tensor, size, stride, padding), shape, path(x, g -> {
            if (tiled) {
                return ops.upsample2d(ops.scale(g, 1f / (size * size)), size);
            }
            int channels = (int) shape[1];
            float[] ones = new float[channels * size * size];
            Arrays.fill(ones, 1);
            T kernels = ops.constant(TensorData.of("ones", ones, channels, 1, size, size));
            T shares = ops.constant(shares(shape, height, width, size, stride, padding));
            return ops.conv2dInput(ops.multiply(g, shares), kernels, stride, padding, channels, height, width);
        }));
    }

    /** Returns the share of each pixel in the average that it is part of, which padding does not count for. */
    private static TensorData shares(long[] shape, long height, long width, int size, int stride, int padding) {
        float[] shares = new float[(int) (shape[2] * shape[3])];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = 1f
                    / (covered(i / (int) shape[3], height, size, stride, padding)
                            * covered(i % (int) shape[3], width, size, stride, padding));
        }
        return TensorData.of("shares", shares, shape[2], shape[3]);
    }

    private static long covered(int place, long extent, int size, int stride, int padding) {
        long start = (long) place * stride - padding;
        return Math.min(start + size, extent) - Math.max(start, 0);
    }

    @Override
    public Value<T> upsample2d(Value<T> x, int factor) {
        return result(
                ops.upsample2d(x.tensor, factor),
                shapes.upsample2d(x.shape, factor),
                path(x, g -> ops.scale(ops.averagePool2d(g, factor), factor * factor)));
    }

    @Override
    public Value<T> upsampleLike(Value<T> x, Value<T> like) {
        long[] shape = shapes.upsampleLike(x.shape, like.shape);
        return result(ops.upsampleLike(x.tensor, like.tensor), shape, path(x, g -> {
            T columns = ops.constant(nearest(x.shape[3], shape[3], false));
            T rows = ops.constant(nearest(x.shape[2], shape[2], true));
            return ops.matmul(rows, ops.matmul(g, columns));
        }));
    }

    /** Returns the matrix that sums, for each of some places, the larger number of places that are nearest to it. */
    private static TensorData nearest(long few, long many, boolean fromLeft) {
        float[] matrix = new float[(int) (few * many)];
        for (long place = 0; place < many; place++) {
            long from = place * few / many;
            matrix[(int) (fromLeft ? from * many + place : place * few + from)] = 1;
        }
        return fromLeft ? TensorData.of("nearest", matrix, few, many) : TensorData.of("nearest", matrix, many, few);
    }

    @Override
    public Value<T> padEnd2d(Value<T> x, int count) {
        return result(
                ops.padEnd2d(x.tensor, count),
                shapes.padEnd2d(x.shape, count),
                path(x, g -> ops.slice(ops.slice(g, 2, 0, x.shape[2]), 3, 0, x.shape[3])));
    }

    @Override
    public Value<T> attention(Value<T> query, Value<T> key, Value<T> value, int heads, boolean causal) {
        return attention(query, key, value, heads, causal ? ops.constant(future((int) query.shape[1])) : null);
    }

    /** Returns the causal mask {@code [n, n]}: minus infinity above the diagonal, else 0. */
    private static TensorData future(int tokens) {
        float[] mask = new float[tokens * tokens];
        for (int i = 0; i < tokens; i++) {
            Arrays.fill(mask, i * tokens + i + 1, (i + 1) * tokens, Float.NEGATIVE_INFINITY);
        }
        return TensorData.of("future", mask, tokens, tokens);
    }

    @Override
    public Value<T> maskedAttention(Value<T> query, Value<T> key, Value<T> value, int heads, Value<T> mask) {
        return attention(query, key, value, heads, ops.reshape(mask.tensor, 0, 1, mask.shape[1], mask.shape[2]));
    }

    private Value<T> attention(Value<T> query, Value<T> key, Value<T> value, int heads, T mask) {
        long width = query.shape[2];
        Value<T> scaled = scale(query, (float) (1 / Math.sqrt((double) width / heads)));
        Value<T> mixed = mixed(byHead(scaled, heads), byHead(key, heads), byHead(value, heads), mask);
        return reshape(transpose(mixed, 0, 2, 1, 3), 0, 0, width);
    }

    /** Reshapes {@code [b, n, d]} to {@code [b, heads, n, d / heads]}. */
    private Value<T> byHead(Value<T> x, int heads) {
        return transpose(reshape(x, 0, 0, heads, x.shape[2] / heads), 0, 2, 1, 3);
    }

    /** Attention of all heads. The gradient of the scores is p (dp - Σ p dp), and the sum equals that of y dy. */
    private Value<T> mixed(Value<T> query, Value<T> key, Value<T> value, T mask) {
        T scores = ops.matmul(query.tensor, transposed(key.tensor, 4));
        T shares = ops.softmax(mask == null ? scores : ops.add(scores, mask));
        T y = ops.matmul(shares, value.tensor);
        UnaryOperator<T> ofScores = once(g -> {
            T ofShares = ops.matmul(g, transposed(value.tensor, 4));
            return ops.multiply(shares, ops.subtract(ofShares, ops.sum(ops.multiply(g, y), -1)));
        });
        return result(
                y,
                query.shape,
                path(query, g -> ops.matmul(ofScores.apply(g), key.tensor)),
                path(key, g -> ops.matmul(transposed(ofScores.apply(g), 4), query.tensor)),
                path(value, g -> ops.matmul(transposed(shares, 4), g)));
    }

    /** Returns a function that computes its value once for several operands. */
    private UnaryOperator<T> once(UnaryOperator<T> function) {
        Map<T, T> computed = new HashMap<>();
        return g -> computed.computeIfAbsent(g, function);
    }

    @Override
    public Value<T> reshape(Value<T> x, long... shape) {
        return reshaped(x, ops.reshape(x.tensor, shape), shapes.reshape(x.shape, shape));
    }

    @Override
    public Value<T> reshapeLike(Value<T> x, Value<T> like) {
        return reshaped(x, ops.reshapeLike(x.tensor, like.tensor), like.shape);
    }

    private Value<T> reshaped(Value<T> x, T y, long[] shape) {
        return result(y, shape, path(x, g -> ops.reshapeLike(g, x.tensor)));
    }

    @Override
    public Value<T> transpose(Value<T> x, int... order) {
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            back[order[i]] = i;
        }
        return result(
                ops.transpose(x.tensor, order), shapes.transpose(x.shape, order), path(x, g -> ops.transpose(g, back)));
    }

    @Override
    public Value<T> concat(int axis, List<Value<T>> parts) {
        List<Path<T>> paths = new ArrayList<>();
        long start = 0;
        for (Value<T> part : parts) {
            long from = start;
            long to = from + part.shape[axis];
            paths.add(path(part, g -> ops.slice(g, axis, from, to)));
            start = to;
        }
        return result(
                ops.concat(axis, parts.stream().map(Value::tensor).toList()),
                shapes.concat(axis, parts.stream().map(part -> part.shape).toList()),
                paths);
    }

    @Override
    public Value<T> slice(Value<T> x, int axis, long start, long end) {
        return result(
                ops.slice(x.tensor, axis, start, end),
                shapes.slice(x.shape, axis, start, end),
                path(x, g -> ops.pad(g, axis, start, x.shape[axis] - end)));
    }

    @Override
    public Value<T> pad(Value<T> x, int axis, long before, long after) {
        return result(
                ops.pad(x.tensor, axis, before, after),
                shapes.pad(x.shape, axis, before, after),
                path(x, g -> ops.slice(g, axis, before, before + x.shape[axis])));
    }

    @Override
    public Value<T> gatherLast(Value<T> x, int[] indices) {
        int width = (int) x.shape[x.shape.length - 1];
        return result(ops.gatherLast(x.tensor, indices), shapes.gatherLast(x.shape, indices), path(x, g -> {
            int[] back = new int[width];
            Arrays.fill(back, -1);
            for (int i = 0; i < indices.length; i++) {
                back[indices[i]] = i;
            }
            if (indices.length == width && Arrays.stream(back).allMatch(i -> i >= 0)) {
                return ops.gatherLast(g, back);
            }
            float[] matrix = new float[indices.length * width];
            for (int i = 0; i < indices.length; i++) {
                matrix[i * width + indices[i]] = 1;
            }
            return ops.matmul(g, ops.constant(TensorData.of("gathered", matrix, indices.length, width)));
        }));
    }

    @Override
    public Value<T> mean(Value<T> x, int axis) {
        return reduced(x, axis, ops.mean(x.tensor, axis), g -> ops.scale(g, 1f / x.shape[axis]));
    }

    @Override
    public Value<T> sum(Value<T> x, int axis) {
        return reduced(x, axis, ops.sum(x.tensor, axis), g -> g);
    }

    private Value<T> reduced(Value<T> x, int axis, T y, UnaryOperator<T> share) {
        return result(y, shapes.sum(x.shape, axis), path(x, g -> ops.expandLike(share.apply(g), x.tensor)));
    }

    @Override
    public Value<T> expandLike(Value<T> x, Value<T> like) {
        return result(ops.expandLike(x.tensor, like.tensor), like.shape, broadcast(x, like.shape, g -> g));
    }

    @Override
    public Value<T> repeatRows(Value<T> row, Value<T> like) {
        long[] shape = shapes.repeatRows(row.shape, like.shape);
        return result(ops.repeatRows(row.tensor, like.tensor), shape, broadcast(row, shape, g -> g));
    }

    @Override
    public Value<T> firstRows(Value<T> table, Value<T> like) {
        return result(
                ops.firstRows(table.tensor, like.tensor),
                shapes.firstRows(table.shape, like.shape),
                path(table, g -> ops.pad(g, 0, 0, table.shape[0] - like.shape[1])));
    }

    @Override
    public Value<T> rows(Value<T> table, Value<T> numbers) {
        long[] shape = shapes.rows(table.shape, numbers.shape);
        return result(ops.rows(table.tensor, numbers.tensor), shape, path(table, g -> {
            T like = ops.reshape(table.tensor, 1, table.shape[0], table.shape[1]);
            long[] marked = {shape[0], shape[1], table.shape[0]};
            return overRows(ops.oneHot(numbers.tensor, like), marked, g, shape);
        }));
    }

    @Override
    public Value<T> pick(Value<T> x, Value<T> positions) {
        return result(
                ops.pick(x.tensor, positions.tensor),
                shapes.pick(x.shape, positions.shape),
                path(x, g -> ops.matmul(transposed(ops.oneHot(positions.tensor, x.tensor), 3), g)));
    }

    @Override
    public Value<T> oneHot(Value<T> positions, Value<T> like) {
        return result(ops.oneHot(positions.tensor, like.tensor), shapes.oneHot(positions.shape, like.shape));
    }

    @Override
    public Value<T> largest(Value<T> x, int count) {
        return result(ops.largest(x.tensor, count), shapes.largest(x.shape, count));
    }
}
