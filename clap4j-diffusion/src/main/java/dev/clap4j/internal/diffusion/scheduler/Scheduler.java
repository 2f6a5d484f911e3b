package dev.clap4j.internal.diffusion.scheduler;

/** A way from noise to a picture, as configured; makes one {@link Sampler} for each picture. Immutable. */
public interface Scheduler {
    /**
     * Returns a sampler at its beginning.
     *
     * @throws dev.clap4j.ClapException if the scheduler cannot take such steps
     */
    Sampler sampler(StepPlan plan);
}
