package dev.clap4j.internal.attack;

import java.util.List;

/**
 * A record of the course of an attack.
 *
 * @param losses the loss before each step, summed over the images; empty if the steps of images are not in parallel
 * @param zeroGradients for each image, whether its gradient was zero everywhere at some step, which leaves an attack
 *     without a direction
 */
public record AttackTrace(List<Double> losses, boolean[] zeroGradients) {
    /** Makes the list unmodifiable. */
    public AttackTrace {
        losses = List.copyOf(losses);
    }

    /** Returns the number of images that had a zero gradient. */
    public int zeroGradientImages() {
        return zeroGradients.length - Labels.unmarked(zeroGradients).length;
    }
}
