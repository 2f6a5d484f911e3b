package dev.clap4j.internal.nn;

/**
 * Counts the multiply-adds of a network's matrix products, convolutions and attention from shapes alone; everything
 * else is negligible. A tensor is represented by its shape.
 */
public final class MatrixWork extends ShapeOps {
    private long multiplyAdds;

    /** Returns the multiply-adds so far; each is two floating-point operations. */
    public long multiplyAdds() {
        return multiplyAdds;
    }

    @Override
    public long[] matmul(long[] x, long[] b) {
        long[] shape = super.matmul(x, b);
        multiplyAdds += elements(shape) * x[x.length - 1];
        return shape;
    }

    @Override
    public long[] conv2d(long[] x, long[] weight, long[] bias, int stride, int padding, int groups) {
        long[] shape = super.conv2d(x, weight, bias, stride, padding, groups);
        multiplyAdds += elements(shape) * weight[1] * weight[2] * weight[3];
        return shape;
    }

    @Override
    public long[] conv2dInput(
            long[] gradient, long[] weight, int stride, int padding, int groups, long height, long width) {
        multiplyAdds += elements(gradient) * weight[1] * weight[2] * weight[3];
        return super.conv2dInput(gradient, weight, stride, padding, groups, height, width);
    }

    @Override
    public long[] attention(long[] query, long[] key, long[] value, int heads, boolean causal) {
        multiplyAdds += 2 * elements(query) * key[1];
        return super.attention(query, key, value, heads, causal);
    }
}
