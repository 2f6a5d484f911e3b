package dev.clap4j.internal.diffusion.scheduler;

/** A source of independent standard normal numbers, as many at a time as a sample has. */
@FunctionalInterface
public interface Noise {
    /** Draws the next tensor, which the caller may change. */
    float[] next();
}
