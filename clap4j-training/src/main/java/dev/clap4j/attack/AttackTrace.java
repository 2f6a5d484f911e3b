package dev.clap4j.attack;

import java.util.List;

/**
 * What happened on the way.
 *
 * @param losses the images' summed loss before each step; empty where each image has its own course
 * @param zeroGradients for each image whether its gradient was zero everywhere at some step, so that it led nowhere
 */
public record AttackTrace(List<Double> losses, boolean[] zeroGradients) {
    /** Makes the list unmodifiable. */
    public AttackTrace {
        losses = List.copyOf(losses);
    }

    /** How many images had such a gradient. */
    public int zeroGradientImages() {
        return zeroGradients.length - Labels.unmarked(zeroGradients).length;
    }
}
