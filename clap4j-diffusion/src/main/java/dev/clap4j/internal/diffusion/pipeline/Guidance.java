package dev.clap4j.internal.diffusion.pipeline;

/** Classifier-free guidance, and the embedding by which distilled models take it instead. */
final class Guidance {
    private static final float FASTEST = 10_000;
    private static final float SCALE = 1000;

    private Guidance() {}

    /**
     * Returns the guided prediction (Ho and Salimans 2022, <a href="https://arxiv.org/abs/2207.12598">arXiv:2207.12598</a>,
     * equation 6).
     *
     * @param without the prediction without the prompt
     * @param with the prediction with it
     * @param rescale the share that gets the deviation of {@code with}
     */
    static float[] guided(float[] without, float[] with, double guidance, double rescale) {
        float scale = (float) guidance;
        float[] guided = new float[with.length];
        for (int i = 0; i < guided.length; i++) {
            guided[i] = without[i] + scale * (with[i] - without[i]);
        }
        if (rescale > 0) {
            double factor = rescale * (deviation(with) / deviation(guided)) + (1 - rescale);
            for (int i = 0; i < guided.length; i++) {
                guided[i] = (float) (guided[i] * factor);
            }
        }
        return guided;
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    /**
     * Returns the embedding of a guidance: sines and cosines of {@code guidance − 1} at falling frequencies (Luo et al.
     * 2023, <a href="https://arxiv.org/abs/2310.04378">arXiv:2310.04378</a>, section 4.2, as positions are embedded).
     */
    static float[] embedding(double guidance, int dim) {
        int half = dim / 2;
        float strength = (float) (guidance - 1) * SCALE;
        float fall = (float) Math.log(FASTEST) / (half - 1);
        float[] embedding = new float[dim];
        for (int i = 0; i < half; i++) {
            float angle = strength * (float) Math.exp(i * -fall);
            embedding[i] = (float) Math.sin(angle);
            embedding[half + i] = (float) Math.cos(angle);
        }
        return embedding;
    }
}
