package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Tape.Path;
import dev.clap4j.internal.nn.Tape.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Wraps an interpreter and records on a tape what it computes: beside each operation stands its vector-Jacobian product,
 * in the same algebra. Around an interpreter that emits graphs, the gradient becomes part of the graph.
 *
 * @param <T> a tensor of the wrapped interpreter
 */
public final class GradientOps<T> implements TensorOps<Value<T>> {
    private final Tape<T> tape;
    private final TensorOps<T> ops;
    private final ShapeOps shapes = new ShapeOps();
    private final FeatureMapGradients<T> maps;

    /** Wraps the interpreter of a tape. */
    public GradientOps(Tape<T> tape) {
        this.tape = tape;
        this.ops = tape.ops();
        this.maps = new FeatureMapGradients<>(tape);
    }

    @Override
    public Value<T> constant(TensorData data) {
        return tape.constant(ops.constant(data), data.shape());
    }

    /** Records the result of an operation that broadcasts its operands. */
    private Value<T> binary(Value<T> a, Value<T> b, T y, UnaryOperator<T> toA, UnaryOperator<T> toB) {
        long[] shape = shapes.add(a.shape, b.shape);
        return tape.result(y, shape, tape.broadcast(a, shape, toA), tape.broadcast(b, shape, toB));
    }

    @Override
    public Value<T> add(Value<T> a, Value<T> b) {
        return binary(a, b, ops.add(a.tensor, b.tensor), g -> g, g -> g);
    }

    @Override
    public Value<T> subtract(Value<T> a, Value<T> b) {
        return binary(a, b, ops.subtract(a.tensor, b.tensor), g -> g, g -> ops.scale(g, -1));
    }

    @Override
    public Value<T> multiply(Value<T> a, Value<T> b) {
        T y = ops.multiply(a.tensor, b.tensor);
        return binary(a, b, y, g -> ops.multiply(g, b.tensor), g -> ops.multiply(g, a.tensor));
    }

    @Override
    public Value<T> divide(Value<T> a, Value<T> b) {
        T y = ops.divide(a.tensor, b.tensor);
        UnaryOperator<T> toB = g -> ops.divide(ops.multiply(g, y), ops.scale(b.tensor, -1));
        return binary(a, b, y, g -> ops.divide(g, b.tensor), toB);
    }

    @Override
    public Value<T> scale(Value<T> x, float factor) {
        return tape.result(ops.scale(x.tensor, factor), x.shape, x.path(g -> ops.scale(g, factor)));
    }

    /** Records a function of each element and its derivative. */
    private Value<T> function(Value<T> x, T y, Supplier<T> derivative) {
        return tape.result(y, x.shape, x.path(g -> ops.multiply(g, derivative.get())));
    }

    @Override
    public Value<T> sigmoid(Value<T> x) {
        T y = ops.sigmoid(x.tensor);
        return function(x, y, () -> ops.subtract(y, ops.multiply(y, y)));
    }

    /** With s the sigmoid and c the factor, y' = s + c y - s c y. */
    @Override
    public Value<T> swish(Value<T> x, float factor) {
        T sigmoid = ops.sigmoid(factor == 1 ? x.tensor : ops.scale(x.tensor, factor));
        T y = ops.multiply(x.tensor, sigmoid);
        return function(x, y, () -> {
            T scaled = factor == 1 ? y : ops.scale(y, factor);
            return ops.add(sigmoid, ops.subtract(scaled, ops.multiply(sigmoid, scaled)));
        });
    }

    @Override
    public Value<T> exp(Value<T> x) {
        T y = ops.exp(x.tensor);
        return function(x, y, () -> y);
    }

    @Override
    public Value<T> erf(Value<T> x) {
        return function(x, ops.erf(x.tensor), () -> {
            T bell = ops.exp(ops.scale(ops.multiply(x.tensor, x.tensor), -1));
            return ops.scale(bell, (float) (2 / Math.sqrt(Math.PI)));
        });
    }

    @Override
    public Value<T> inverseRoot(Value<T> x) {
        T y = ops.inverseRoot(x.tensor);
        return function(x, y, () -> ops.scale(ops.multiply(y, ops.multiply(y, y)), -0.5f));
    }

    /** Is constant on both sides of the jump. */
    @Override
    public Value<T> sign(Value<T> x) {
        return tape.result(ops.sign(x.tensor), x.shape);
    }

    @Override
    public Value<T> relu(Value<T> x) {
        T y = ops.relu(x.tensor);
        return function(x, y, () -> ops.sign(y));
    }

    @Override
    public Value<T> leakyRelu(Value<T> x, float slope) {
        return function(x, ops.leakyRelu(x.tensor, slope), () -> {
            T positive = ops.sign(ops.relu(x.tensor));
            return ops.add(ops.scale(positive, 1 - slope), ops.number(slope));
        });
    }

    /** y' = Φ(x) + x φ(x). */
    @Override
    public Value<T> gelu(Value<T> x) {
        T below = ops.scale(ops.add(ops.erf(ops.scale(x.tensor, (float) Math.sqrt(0.5))), ops.number(1)), 0.5f);
        return function(x, ops.multiply(x.tensor, below), () -> {
            T bell = ops.exp(ops.scale(ops.multiply(x.tensor, x.tensor), -0.5f));
            T density = ops.scale(bell, (float) Math.sqrt(0.5 / Math.PI));
            return ops.add(below, ops.multiply(x.tensor, density));
        });
    }

    @Override
    public Value<T> geluTanh(Value<T> x) {
        double factor = 2 * Math.sqrt(2 / Math.PI);
        Value<T> square = scale(multiply(x, x), (float) (0.044715 * factor));
        return multiply(x, sigmoid(multiply(x, add(square, number((float) factor)))));
    }

    @Override
    public Value<T> softmax(Value<T> x) {
        T y = ops.softmax(x.tensor);
        return tape.result(y, x.shape, x.path(g -> {
            T weighted = ops.multiply(g, y);
            return ops.subtract(weighted, ops.multiply(y, ops.sum(weighted, -1)));
        }));
    }

    @Override
    public Value<T> logSoftmax(Value<T> x) {
        T y = ops.logSoftmax(x.tensor);
        return tape.result(y, x.shape, x.path(g -> ops.subtract(g, ops.multiply(ops.exp(y), ops.sum(g, -1)))));
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
        T y = ops.matmul(x.tensor, b.tensor);
        int rank = b.shape.length;
        return rank == 2
                ? tape.result(
                        y,
                        shape,
                        x.path(g -> ops.linear(g, b.tensor, null)),
                        b.path(g -> overRows(x.tensor, x.shape, g, shape)))
                : tape.result(
                        y,
                        shape,
                        x.path(g -> ops.matmul(g, transposed(b.tensor, rank))),
                        b.path(g -> ops.matmul(transposed(x.tensor, rank), g)));
    }

    @Override
    public Value<T> linear(Value<T> x, Value<T> weight, Value<T> biasOrNull) {
        long[] shape = shapes.linear(x.shape, weight.shape, null);
        Value<T> bias = tape.optional(biasOrNull);
        return tape.result(
                ops.linear(x.tensor, weight.tensor, bias.tensor),
                shape,
                x.path(g -> ops.matmul(g, weight.tensor)),
                weight.path(g -> overRows(g, shape, x.tensor, x.shape)),
                tape.broadcast(bias, shape, g -> g));
    }

    /** Normalises the last dimension to mean 0 and variance 1. */
    private Value<T> normalised(Value<T> x, float epsilon) {
        T centred = ops.subtract(x.tensor, ops.mean(x.tensor, -1));
        T variance = ops.mean(ops.multiply(centred, centred), -1);
        T inverse = ops.inverseRoot(ops.add(variance, ops.number(epsilon)));
        T y = ops.multiply(centred, inverse);
        return tape.result(y, x.shape, x.path(g -> {
            T along = ops.multiply(y, ops.mean(ops.multiply(g, y), -1));
            T rest = ops.subtract(ops.subtract(g, ops.mean(g, -1)), along);
            return ops.multiply(rest, inverse);
        }));
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
        return maps.batchNorm(x, weight, bias, mean, variance, epsilon);
    }

    @Override
    public Value<T> conv2d(Value<T> x, Value<T> weight, Value<T> bias, int stride, int padding, int groups) {
        return maps.conv2d(x, weight, bias, stride, padding, groups);
    }

    @Override
    public Value<T> conv2dInput(
            Value<T> gradient, Value<T> weight, int stride, int padding, int groups, long height, long width) {
        return maps.conv2dInput(gradient, weight, stride, padding, groups, height, width);
    }

    @Override
    public Value<T> averagePool2d(Value<T> x, int size, int stride, int padding) {
        return maps.averagePool2d(x, size, stride, padding);
    }

    @Override
    public Value<T> upsample2d(Value<T> x, int factor) {
        return maps.upsample2d(x, factor);
    }

    @Override
    public Value<T> upsampleLike(Value<T> x, Value<T> like) {
        return maps.upsampleLike(x, like);
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
        return tape.result(
                y,
                query.shape,
                query.path(g -> ops.matmul(ofScores.apply(g), key.tensor)),
                key.path(g -> ops.matmul(transposed(ofScores.apply(g), 4), query.tensor)),
                value.path(g -> ops.matmul(transposed(shares, 4), g)));
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
        return tape.result(y, shape, x.path(g -> ops.reshapeLike(g, x.tensor)));
    }

    @Override
    public Value<T> transpose(Value<T> x, int... order) {
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            back[order[i]] = i;
        }
        return tape.result(
                ops.transpose(x.tensor, order), shapes.transpose(x.shape, order), x.path(g -> ops.transpose(g, back)));
    }

    @Override
    public Value<T> concat(int axis, List<Value<T>> parts) {
        List<Path<T>> paths = new ArrayList<>();
        long start = 0;
        for (Value<T> part : parts) {
            long from = start;
            long to = from + part.shape[axis];
            paths.add(part.path(g -> ops.slice(g, axis, from, to)));
            start = to;
        }
        return tape.result(
                ops.concat(axis, parts.stream().map(Value::tensor).toList()),
                shapes.concat(axis, parts.stream().map(part -> part.shape).toList()),
                paths);
    }

    @Override
    public Value<T> slice(Value<T> x, int axis, long start, long end) {
        return tape.result(
                ops.slice(x.tensor, axis, start, end),
                shapes.slice(x.shape, axis, start, end),
                x.path(g -> ops.pad(g, axis, start, x.shape[axis] - end)));
    }

    @Override
    public Value<T> pad(Value<T> x, int axis, long before, long after) {
        return tape.result(
                ops.pad(x.tensor, axis, before, after),
                shapes.pad(x.shape, axis, before, after),
                x.path(g -> ops.slice(g, axis, before, before + x.shape[axis])));
    }

    @Override
    public Value<T> gatherLast(Value<T> x, int[] indices) {
        int width = (int) x.shape[x.shape.length - 1];
        return tape.result(ops.gatherLast(x.tensor, indices), shapes.gatherLast(x.shape, indices), x.path(g -> {
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
        return tape.result(y, shapes.sum(x.shape, axis), x.path(g -> ops.expandLike(share.apply(g), x.tensor)));
    }

    @Override
    public Value<T> expandLike(Value<T> x, Value<T> like) {
        return tape.result(ops.expandLike(x.tensor, like.tensor), like.shape, tape.broadcast(x, like.shape, g -> g));
    }

    @Override
    public Value<T> repeatRows(Value<T> row, Value<T> like) {
        long[] shape = shapes.repeatRows(row.shape, like.shape);
        return tape.result(ops.repeatRows(row.tensor, like.tensor), shape, tape.broadcast(row, shape, g -> g));
    }

    @Override
    public Value<T> firstRows(Value<T> table, Value<T> like) {
        return tape.result(
                ops.firstRows(table.tensor, like.tensor),
                shapes.firstRows(table.shape, like.shape),
                table.path(g -> ops.pad(g, 0, 0, table.shape[0] - like.shape[1])));
    }

    @Override
    public Value<T> rows(Value<T> table, Value<T> numbers) {
        long[] shape = shapes.rows(table.shape, numbers.shape);
        return tape.result(ops.rows(table.tensor, numbers.tensor), shape, table.path(g -> {
            T like = ops.reshape(table.tensor, 1, table.shape[0], table.shape[1]);
            long[] marked = {shape[0], shape[1], table.shape[0]};
            return overRows(ops.oneHot(numbers.tensor, like), marked, g, shape);
        }));
    }

    @Override
    public Value<T> pick(Value<T> x, Value<T> positions) {
        return tape.result(
                ops.pick(x.tensor, positions.tensor),
                shapes.pick(x.shape, positions.shape),
                x.path(g -> ops.matmul(transposed(ops.oneHot(positions.tensor, x.tensor), 3), g)));
    }

    @Override
    public Value<T> oneHot(Value<T> positions, Value<T> like) {
        return tape.result(ops.oneHot(positions.tensor, like.tensor), shapes.oneHot(positions.shape, like.shape));
    }

    @Override
    public Value<T> largest(Value<T> x, int count) {
        return tape.result(ops.largest(x.tensor, count), shapes.largest(x.shape, count));
    }
}
