package dev.clap4j.internal.diffusion.pipeline;

/** Receives the steps of a drawing; may end it by an exception. */
@FunctionalInterface
public interface StepListener {
    /** Ignores the steps. */
    StepListener NONE = (done, all, latents) -> {};

    /**
     * Called before the first step, and after each.
     *
     * @param done number of calls of the model so far
     * @param all number of calls in all
     * @param latents the latents, not copied
     */
    void step(int done, int all, float[] latents);
}
