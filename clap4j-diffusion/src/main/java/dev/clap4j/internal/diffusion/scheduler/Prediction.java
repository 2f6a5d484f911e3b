package dev.clap4j.internal.diffusion.scheduler;

/**
 * The quantity that a model predicts for a sample {@code x = α·picture + σ·noise}: the noise, the picture, or the
 * velocity {@code α·noise − σ·picture} (Salimans and Ho 2022,
 * <a href="https://arxiv.org/abs/2202.00512">arXiv:2202.00512</a>, appendix D).
 */
enum Prediction {
    EPSILON,
    SAMPLE,
    V_PREDICTION;

    static Prediction read(SchedulerConfig config) {
        return of(config.name("prediction_type", "epsilon", "sample", "v_prediction"));
    }

    /** Reads the prediction for a scheduler that cannot take predictions of the picture. */
    static Prediction readNoiseOrVelocity(SchedulerConfig config) {
        return of(config.name("prediction_type", "epsilon", "v_prediction"));
    }

    static Prediction of(String name) {
        return switch (name) {
            case "epsilon" -> EPSILON;
            case "v_prediction" -> V_PREDICTION;
            default -> SAMPLE;
        };
    }

    /** Returns the picture. */
    float[] original(double alpha, double sigma, float[] sample, float[] output) {
        return switch (this) {
            case EPSILON ->
                Combination.of(1 / alpha, sample).plus(-sigma / alpha, output).floats();
            case SAMPLE -> output;
            case V_PREDICTION ->
                Combination.of(alpha, sample).plus(-sigma, output).floats();
        };
    }

    /** Returns the noise. */
    float[] noise(double alpha, double sigma, float[] sample, float[] output) {
        return switch (this) {
            case EPSILON -> output;
            case SAMPLE ->
                Combination.of(1 / sigma, sample).plus(-alpha / sigma, output).floats();
            case V_PREDICTION ->
                Combination.of(alpha, output).plus(sigma, sample).floats();
        };
    }
}
