package dev.clap4j.internal.diffusion.scheduler;

/**
 * The noise relative to the picture at each step of training, {@code σ = √((1 − ᾱ) / ᾱ)}, ascending (Karras et al. 2022,
 * <a href="https://arxiv.org/abs/2206.00364">arXiv:2206.00364</a>, table 1, "VP"); in single precision.
 */
final class SigmaTable {
    private static final double SMALLEST = 1e-10;

    private final float[] sigmas;
    private final float[] logs;

    SigmaTable(NoiseSchedule schedule) {
        float[] alphas = schedule.alphas();
        this.sigmas = new float[alphas.length];
        this.logs = new float[alphas.length];
        for (int i = 0; i < alphas.length; i++) {
            sigmas[i] = (float) Math.sqrt((1 - alphas[i]) / alphas[i]);
            logs[i] = (float) Math.log(sigmas[i]);
        }
    }

    double least() {
        return sigmas[0];
    }

    double most() {
        return sigmas[sigmas.length - 1];
    }

    /** Returns the sigma at a time, interpolated. */
    double at(double timestep) {
        int below = (int) Math.min(Math.max(timestep, 0), sigmas.length - 1);
        if (below == sigmas.length - 1) {
            return sigmas[below];
        }
        double slope = (double) sigmas[below + 1] - sigmas[below];
        return slope * Math.max(timestep - below, 0) + sigmas[below];
    }

    double[] at(double[] timesteps) {
        double[] at = new double[timesteps.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = at(timesteps[i]);
        }
        return at;
    }

    /** Returns the time of a sigma, with logarithms interpolated. */
    double timestep(double sigma) {
        if (logs.length == 1) {
            return 0;
        }
        double log = Math.log(Math.max(sigma, SMALLEST));
        int below = 0;
        while (below < logs.length - 2 && log >= logs[below + 1]) {
            below++;
        }
        double weight = (logs[below] - log) / (logs[below] - logs[below + 1]);
        double clamped = Math.min(Math.max(weight, 0), 1);
        return (1 - clamped) * below + clamped * (below + 1);
    }

    double[] timesteps(double[] some) {
        double[] timesteps = new double[some.length];
        for (int i = 0; i < some.length; i++) {
            timesteps[i] = timestep(some[i]);
        }
        return timesteps;
    }
}
