package dev.clap4j.internal.diffusion.scheduler;

/**
 * The steps of one picture. Holds what the solver remembers of earlier steps, so steps must be taken in order, each
 * once, though not necessarily from the first. All tensors are one picture's latents in any fixed order.
 */
public interface Sampler {
    /** Returns the calls of the model. */
    Schedule schedule();

    /** Returns the model's input, {@code sample} divided by its expected deviation where the model wants that. */
    default float[] input(int step, float[] sample) {
        return sample;
    }

    /**
     * Takes a step.
     *
     * @param step the index of the call in the schedule
     * @param output the model's output for that call
     * @param sample the sample from which the step begins
     * @param noise drawn from only by schedulers that add noise
     * @return the next sample
     */
    float[] step(int step, float[] output, float[] sample, Noise noise);

    /** Returns a picture's latents with the amount of noise at which a step begins. */
    float[] noised(int step, float[] original, float[] noise);
}
