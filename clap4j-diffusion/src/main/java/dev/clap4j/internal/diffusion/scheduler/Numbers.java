package dev.clap4j.internal.diffusion.scheduler;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Number sequences, computed in the order of operations in which NumPy computes them, as rounding decides timesteps. */
final class Numbers {
    private Numbers() {}

    /** Returns {@code count} evenly spaced numbers, both ends included; the first alone if there is only one. */
    static double[] linspace(double first, double last, int count) {
        double step = (last - first) / (count - 1);
        return IntStream.range(0, count)
                .mapToDouble(i -> i == 0 ? first : i == count - 1 ? last : i * step + first)
                .toArray();
    }

    static double[] reversed(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[values.length - 1 - i])
                .toArray();
    }

    /** Rounds to whole numbers, halves to even ones. */
    static double[] rounded(double[] values) {
        return DoubleStream.of(values).map(Math::rint).toArray();
    }

    /** Cuts decimals off. */
    static double[] cut(double[] values) {
        return DoubleStream.of(values).map(value -> (long) value).toArray();
    }

    static double[] followedBy(double[] values, double last) {
        return DoubleStream.concat(DoubleStream.of(values), DoubleStream.of(last))
                .toArray();
    }

    static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
