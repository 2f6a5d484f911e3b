package dev.clap4j.training;

import java.nio.file.Path;

/**
 * What a run came to.
 *
 * @param outcome how it ended
 * @param head the head's file
 * @param steps steps made, by all parts of the run together
 * @param headStep the step at which the head was kept; 0 if none was
 * @param bestLoss the mean loss at that check; infinite if there was none
 * @param encodingSeconds how long this part of the run took for encoding
 * @param fittingSeconds how long it took for its steps
 */
public record TrainingResult(
        Outcome outcome,
        Path head,
        int steps,
        int headStep,
        double bestLoss,
        double encodingSeconds,
        double fittingSeconds) {
    /** How a run ended. */
    public enum Outcome {
        /** It made all its steps. */
        ALL_STEPS,
        /** The loss had stopped to improve. */
        PATIENCE
    }
}
