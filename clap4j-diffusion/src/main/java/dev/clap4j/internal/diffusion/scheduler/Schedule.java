package dev.clap4j.internal.diffusion.scheduler;

/**
 * The calls of the model, in order.
 *
 * @param timesteps the time of each call, in steps of training
 * @param sigmas the noise relative to the picture at each call and after the last; empty for schedulers without sigmas
 * @param initialScale the deviation of the noise with which sampling begins
 */
public record Schedule(float[] timesteps, float[] sigmas, float initialScale) {
    /** Returns a schedule that begins with noise of deviation 1. */
    static Schedule of(double[] timesteps, double... sigmas) {
        return new Schedule(Numbers.floats(timesteps), Numbers.floats(sigmas), 1);
    }

    /** Returns the number of calls. */
    public int calls() {
        return timesteps.length;
    }

    /** Returns the shares of picture and noise at a call, or after the last. */
    SigmaPoint point(int step) {
        return SigmaPoint.of(sigmas[step]);
    }

    int timestep(int step) {
        return (int) timesteps[step];
    }
}
