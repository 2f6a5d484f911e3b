package dev.clap4j.internal.diffusion.scheduler;

import java.util.Arrays;

/** A limit on the values of a predicted picture. */
@FunctionalInterface
interface Clipping {
    float[] apply(float[] original);

    /** Reads {@code thresholding}, or else {@code clip_sample}. */
    static Clipping read(SchedulerConfig config, boolean clipByDefault) {
        Clipping threshold = readThreshold(config);
        boolean thresholding = config.flag("thresholding", false);
        boolean clip = config.flag("clip_sample", clipByDefault);
        float range = (float) config.number("clip_sample_range", 1, 0);
        return thresholding || !clip ? threshold : original -> clamp(original, range, 1);
    }

    /**
     * Reads {@code thresholding}: values are clamped to a percentile of their size and divided by it, if it is above 1
     * (Saharia et al. 2022, <a href="https://arxiv.org/abs/2205.11487">arXiv:2205.11487</a>, section 2.3).
     */
    static Clipping readThreshold(SchedulerConfig config) {
        double ratio = config.number("dynamic_thresholding_ratio", 0.995, 0);
        if (ratio > 1) {
            throw config.unexpected("dynamic_thresholding_ratio", "a number above 0, at most 1");
        }
        float most = (float) config.number("sample_max_value", 1, 0);
        if (!config.flag("thresholding", false)) {
            return original -> original;
        }
        return original -> {
            float limit = Math.min(Math.max(quantile(original, ratio), 1), most);
            return clamp(original, limit, limit);
        };
    }

    private static float quantile(float[] values, double ratio) {
        float[] sizes = new float[values.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(values[i]);
        }
        Arrays.sort(sizes);
        double rank = ratio * (sizes.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sizes.length - 1);
        return (float) (sizes[below] + (rank - below) * ((double) sizes[above] - sizes[below]));
    }

    private static float[] clamp(float[] values, float limit, float divisor) {
        float[] clamped = new float[values.length];
        for (int i = 0; i < clamped.length; i++) {
            clamped[i] = Math.min(Math.max(values[i], -limit), limit) / divisor;
        }
        return clamped;
    }
}
