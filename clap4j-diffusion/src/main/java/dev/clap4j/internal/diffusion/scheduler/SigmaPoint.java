package dev.clap4j.internal.diffusion.scheduler;

/**
 * The shares of picture and noise at an amount of noise, {@code α = 1 / √(σ² + 1)} of the picture and {@code α·σ} of the
 * noise.
 *
 * @param alpha the share of the picture
 * @param sigma the share of the noise
 */
record SigmaPoint(double alpha, double sigma) {
    static SigmaPoint of(double sigma) {
        double alpha = 1 / Math.sqrt(sigma * sigma + 1);
        return new SigmaPoint(alpha, sigma * alpha);
    }

    /** Returns half the logarithm of the signal-to-noise ratio; infinite without noise. */
    double lambda() {
        return Math.log(alpha) - Math.log(sigma);
    }

    float[] noised(float[] original, float[] noise) {
        return Combination.of(alpha, original).plus(sigma, noise).floats();
    }
}
