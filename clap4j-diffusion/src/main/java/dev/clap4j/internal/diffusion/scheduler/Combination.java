package dev.clap4j.internal.diffusion.scheduler;

/** A sum of tensors with weights, accumulated in double precision. */
final class Combination {
    private final double[] sum;

    private Combination(int length) {
        this.sum = new double[length];
    }

    static Combination of(double weight, float[] values) {
        return new Combination(values.length).plus(weight, values);
    }

    Combination plus(double weight, float[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * values[i];
        }
        return this;
    }

    float[] floats() {
        return Numbers.floats(sum);
    }
}
