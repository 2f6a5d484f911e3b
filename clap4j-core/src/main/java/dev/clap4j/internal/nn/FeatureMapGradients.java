package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Tape.Value;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The operations on feature maps {@code [b, c, h, w]}, each beside its vector-Jacobian product. */
final class FeatureMapGradients<T> {
    private final Tape<T> tape;
    private final TensorOps<T> ops;
    private final ShapeOps shapes = new ShapeOps();

    FeatureMapGradients(Tape<T> tape) {
        this.tape = tape;
        this.ops = tape.ops();
    }

    /** Sums over all but the channels. */
    private T perChannel(T map, Value<T> channels) {
        return ops.reshape(ops.sum(ops.sum(ops.sum(map, 0), 2), 3), channels.shape);
    }

    Value<T> batchNorm(Value<T> x, Value<T> weight, Value<T> bias, Value<T> mean, Value<T> variance, float epsilon) {
        UnaryOperator<T> everywhere = perChannel -> ops.reshape(perChannel, weight.shape[0], 1, 1);
        UnaryOperator<T> normalised =
                factor -> ops.multiply(factor, ops.inverseRoot(ops.add(variance.tensor, ops.number(epsilon))));
        return tape.result(
                ops.batchNorm(x.tensor, weight.tensor, bias.tensor, mean.tensor, variance.tensor, epsilon),
                x.shape,
                x.path(g -> ops.multiply(g, everywhere.apply(normalised.apply(weight.tensor)))),
                weight.path(g -> {
                    T centred = ops.subtract(x.tensor, everywhere.apply(mean.tensor));
                    return normalised.apply(perChannel(ops.multiply(g, centred), weight));
                }),
                bias.path(g -> perChannel(g, bias)));
    }

    Value<T> conv2d(Value<T> x, Value<T> weight, Value<T> biasOrNull, int stride, int padding, int groups) {
        requireConstant(weight);
        Value<T> bias = tape.optional(biasOrNull);
        return tape.result(
                ops.conv2d(x.tensor, weight.tensor, bias.tensor, stride, padding, groups),
                shapes.conv2d(x.shape, weight.shape, null, stride, padding, groups),
                x.path(g -> ops.conv2dInput(g, weight.tensor, stride, padding, groups, x.shape[2], x.shape[3])),
                bias.path(g -> perChannel(g, bias)));
    }

    private static void requireConstant(Value<?> kernels) {
        if (kernels.varies) {
            throw new IllegalArgumentException("The kernels of a convolution should be constant");
        }
    }

    Value<T> conv2dInput(
            Value<T> gradient, Value<T> weight, int stride, int padding, int groups, long height, long width) {
        requireConstant(weight);
        return tape.result(
                ops.conv2dInput(gradient.tensor, weight.tensor, stride, padding, groups, height, width),
                shapes.conv2dInput(gradient.shape, weight.shape, stride, padding, groups, height, width),
                gradient.path(g -> ops.conv2d(g, weight.tensor, null, stride, padding, groups)));
    }

    Value<T> averagePool2d(Value<T> x, int size, int stride, int padding) {
        long height = x.shape[2];
        long width = x.shape[3];
        long[] shape = shapes.averagePool2d(x.shape, size, stride, padding);
        boolean tiled = size == stride && padding == 0 && height % size == 0 && width % size == 0;
        return tape.result(ops.averagePool2d(x.tensor, size, stride, padding), shape, x.path(g -> {
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

    Value<T> upsample2d(Value<T> x, int factor) {
        return tape.result(
                ops.upsample2d(x.tensor, factor),
                shapes.upsample2d(x.shape, factor),
                x.path(g -> ops.scale(ops.averagePool2d(g, factor), factor * factor)));
    }

    Value<T> upsampleLike(Value<T> x, Value<T> like) {
        long[] shape = shapes.upsampleLike(x.shape, like.shape);
        return tape.result(ops.upsampleLike(x.tensor, like.tensor), shape, x.path(g -> {
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
}
