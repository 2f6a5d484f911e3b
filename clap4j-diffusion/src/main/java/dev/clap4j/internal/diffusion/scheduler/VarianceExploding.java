package dev.clap4j.internal.diffusion.scheduler;

/**
 * Samples {@code x = picture + σ·noise}, of which models get {@code x / √(σ² + 1)} (Karras et al. 2022,
 * <a href="https://arxiv.org/abs/2206.00364">arXiv:2206.00364</a>, table 1, "VP" and "iDDPM").
 *
 * @param prediction the quantity that the model predicts
 */
record VarianceExploding(Prediction prediction) {
    /** A step between two amounts of noise. */
    interface Move {
        float[] step(double sigma, double next, float[] output, float[] sample, Noise noise);
    }

    /** Returns the predicted picture. */
    float[] original(double sigma, float[] sample, float[] output) {
        double scale = sigma * sigma + 1;
        return switch (prediction) {
            case EPSILON -> Combination.of(1, sample).plus(-sigma, output).floats();
            case SAMPLE -> output;
            case V_PREDICTION ->
                Combination.of(1 / scale, sample)
                        .plus(-sigma / Math.sqrt(scale), output)
                        .floats();
        };
    }

    /** Returns the schedule that begins with noise of the greatest deviation. */
    static Schedule schedule(float[] timesteps, float[] sigmas, TimestepSpacing spacing) {
        double most = 0;
        for (float sigma : sigmas) {
            most = Math.max(most, sigma);
        }
        double scale = spacing == TimestepSpacing.LEADING ? Math.sqrt(most * most + 1) : most;
        return new Schedule(timesteps, sigmas, (float) scale);
    }

    /** Returns a sampler that needs no memory. */
    static Sampler sampler(Schedule schedule, Move move) {
        float[] sigmas = schedule.sigmas();
        return new Sampler() {
            @Override
            public Schedule schedule() {
                return schedule;
            }

            @Override
            public float[] input(int step, float[] sample) {
                double sigma = sigmas[step];
                return Combination.of(1 / Math.sqrt(sigma * sigma + 1), sample).floats();
            }

            @Override
            public float[] step(int step, float[] output, float[] sample, Noise noise) {
                return move.step(sigmas[step], sigmas[step + 1], output, sample, noise);
            }

            @Override
            public float[] noised(int step, float[] original, float[] noise) {
                return Combination.of(1, original).plus(sigmas[step], noise).floats();
            }
        };
    }
}
