package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorData;
import java.util.Arrays;
import java.util.List;

/** Infers shapes: a tensor is represented by its shape, in which -1 stands for any extent. */
class ShapeOps implements TensorOps<long[]> {
    @Override
    public long[] constant(TensorData values) {
        return values.shape();
    }

    @Override
    public long[] add(long[] a, long[] b) {
        return broadcast(a, b);
    }

    @Override
    public long[] multiply(long[] a, long[] b) {
        return broadcast(a, b);
    }

    @Override
    public long[] subtract(long[] a, long[] b) {
        return broadcast(a, b);
    }

    @Override
    public long[] divide(long[] a, long[] b) {
        return broadcast(a, b);
    }

    private static long[] broadcast(long[] a, long[] b) {
        long[] longer = a.length >= b.length ? a : b;
        long[] shorter = a.length >= b.length ? b : a;
        long[] shape = longer.clone();
        int shift = longer.length - shorter.length;
        for (int i = 0; i < shorter.length; i++) {
            long other = shape[i + shift];
            shape[i + shift] = other == 1 || (other < 0 && shorter[i] != 1) ? shorter[i] : other;
        }
        return shape;
    }

    @Override
    public long[] scale(long[] x, float factor) {
        return x;
    }

    @Override
    public long[] sigmoid(long[] x) {
        return x;
    }

    @Override
    public long[] swish(long[] x, float factor) {
        return x;
    }

    @Override
    public long[] exp(long[] x) {
        return x;
    }

    @Override
    public long[] erf(long[] x) {
        return x;
    }

    @Override
    public long[] inverseRoot(long[] x) {
        return x;
    }

    @Override
    public long[] sign(long[] x) {
        return x;
    }

    @Override
    public long[] softmax(long[] x) {
        return x;
    }

    @Override
    public long[] logSoftmax(long[] x) {
        return x;
    }

    @Override
    public long[] relu(long[] x) {
        return x;
    }

    @Override
    public long[] leakyRelu(long[] x, float slope) {
        return x;
    }

    @Override
    public long[] gelu(long[] x) {
        return x;
    }

    @Override
    public long[] geluTanh(long[] x) {
        return x;
    }

    @Override
    public long[] matmul(long[] x, long[] b) {
        long[] shape = x.clone();
        shape[x.length - 1] = b[b.length - 1];
        return shape;
    }

    @Override
    public long[] linear(long[] x, long[] weight, long[] bias) {
        return matmul(x, new long[] {weight[1], weight[0]});
    }

    @Override
    public long[] layerNorm(long[] x, long[] weight, long[] bias, float epsilon) {
        return x;
    }

    @Override
    public long[] batchNorm(long[] x, long[] weight, long[] bias, long[] mean, long[] variance, float epsilon) {
        return x;
    }

    @Override
    public long[] groupNorm(long[] x, long[] weight, long[] bias, int groups, float epsilon) {
        return x;
    }

    @Override
    public long[] conv2d(long[] x, long[] weight, long[] bias, int stride, int padding, int groups) {
        long[] shape = {x[0], weight[0], convolved(x[2], weight[2], stride, padding), 0};
        shape[3] = convolved(x[3], weight[3], stride, padding);
        return shape;
    }

    @Override
    public long[] conv2dInput(
            long[] gradient, long[] weight, int stride, int padding, int groups, long height, long width) {
        return new long[] {gradient[0], weight[1] * groups, height, width};
    }

    static long convolved(long extent, long kernel, int stride, int padding) {
        return (extent + 2L * padding - kernel) / stride + 1;
    }

    @Override
    public long[] averagePool2d(long[] x, int size, int stride, int padding) {
        return new long[] {x[0], x[1], convolved(x[2], size, stride, padding), convolved(x[3], size, stride, padding)};
    }

    @Override
    public long[] upsample2d(long[] x, int factor) {
        return new long[] {x[0], x[1], x[2] * factor, x[3] * factor};
    }

    @Override
    public long[] upsampleLike(long[] x, long[] like) {
        return new long[] {x[0], x[1], like[2], like[3]};
    }

    @Override
    public long[] attention(long[] query, long[] key, long[] value, int heads, boolean causal) {
        return query;
    }

    @Override
    public long[] maskedAttention(long[] query, long[] key, long[] value, int heads, long[] mask) {
        return attention(query, key, value, heads, false);
    }

    @Override
    public long[] reshape(long[] x, long... shape) {
        long[] whole = shape.clone();
        int inferred = -1;
        // An unknown extent that is kept counts as -1 on both sides; one that is not makes the quotient negative.
        long known = 1;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] < 0) {
                inferred = i;
            } else {
                whole[i] = whole[i] == 0 ? x[i] : whole[i];
                known *= whole[i];
            }
        }
        if (inferred >= 0) {
            whole[inferred] = Math.max(-1, elements(x) / known);
        }
        return whole;
    }

    @Override
    public long[] reshapeLike(long[] x, long[] like) {
        return like;
    }

    @Override
    public long[] transpose(long[] x, int... order) {
        return Arrays.stream(order).mapToLong(axis -> x[axis]).toArray();
    }

    @Override
    public long[] concat(int axis, List<long[]> parts) {
        long[] shape = parts.get(0).clone();
        shape[axis] = parts.stream().mapToLong(part -> part[axis]).sum();
        return shape;
    }

    @Override
    public long[] slice(long[] x, int axis, long start, long end) {
        return with(x, axis, end - start);
    }

    @Override
    public long[] pad(long[] x, int axis, long before, long after) {
        return with(x, axis, x[axis] + before + after);
    }

    @Override
    public long[] gatherLast(long[] x, int[] indices) {
        return with(x, x.length - 1, indices.length);
    }

    @Override
    public long[] mean(long[] x, int axis) {
        return with(x, axis, 1);
    }

    @Override
    public long[] sum(long[] x, int axis) {
        return with(x, axis, 1);
    }

    @Override
    public long[] expandLike(long[] x, long[] like) {
        return like;
    }

    @Override
    public long[] repeatRows(long[] row, long[] like) {
        return with(row, 0, like[0]);
    }

    @Override
    public long[] firstRows(long[] table, long[] like) {
        return with(table, 0, like[1]);
    }

    @Override
    public long[] rows(long[] table, long[] numbers) {
        return new long[] {numbers[0], numbers[1], table[1]};
    }

    @Override
    public long[] pick(long[] x, long[] positions) {
        return with(x, 1, positions[1]);
    }

    @Override
    public long[] oneHot(long[] positions, long[] like) {
        return new long[] {positions[0], positions[1], like[1]};
    }

    @Override
    public long[] largest(long[] x, int count) {
        return new long[] {x[0], count};
    }

    private static long[] with(long[] x, int axis, long extent) {
        long[] shape = x.clone();
        shape[axis] = extent;
        return shape;
    }

    static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
