package dev.clap4j.bench;

import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The inputs of the benchmarks: random, but the same in every run. */
final class Samples {
    /** The dimensions D = L = O of ViT-B/16's heads. */
    static final int DIM = 512;

    private Samples() {}

    /** Returns normally distributed numbers. */
    static float[] gaussians(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Returns uniformly distributed bytes. */
    static byte[] bytes(int count, long seed) {
        byte[] values = new byte[count];
        new SplittableRandom(seed).nextBytes(values);
        return values;
    }

    /** Creates a head of ViT-B/16's size with a non-zero residual branch. */
    static Head head() {
        ResidualMlp network = new ResidualMlp(DIM, DIM, DIM, 0, Activation.SILU);
        List<TensorData> weights = new ArrayList<>();
        network.shapes().asMap().forEach((name, shape) -> {
            float[] values = gaussians(Math.toIntExact(shape[0] * (shape.length > 1 ? shape[1] : 1)), weights.size());
            for (int i = 0; i < values.length; i++) {
                values[i] *= 0.02f;
            }
            weights.add(TensorData.of(name, values, shape));
        });
        return HeadAccess.of(network, HeadInfo.UNKNOWN, weights);
    }
}
