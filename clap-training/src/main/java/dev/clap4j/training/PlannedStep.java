package dev.clap4j.training;

import dev.clap4j.clip.ContextPosition;
import java.util.List;

/**
 * What one step is trained on, all of it drawn.
 *
 * @param prompts the batch
 * @param augmented the augmented form of each prompt
 * @param classNames the class of each prompt
 * @param context the step's Gaussian vectors, {@code [count, width]}; empty if noise is off
 * @param position where they stand in the augmented prompts
 */
public record PlannedStep(
        List<String> prompts,
        List<String> augmented,
        List<String> classNames,
        float[][] context,
        ContextPosition position) {

    /** Whether the augmented prompts carry noise. */
    public boolean isNoisy() {
        return context.length > 0;
    }
}
