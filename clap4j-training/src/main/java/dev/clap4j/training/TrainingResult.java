package dev.clap4j.training;

import java.nio.file.Path;

/**
 * The result of a training run.
 *
 * @param outcome the reason the run ended
 * @param head the file of the head
 * @param steps the number of steps done, including those before the run was resumed
 * @param headStep the step at which the head was saved; 0 if none was
 * @param bestLoss the mean loss at that check; infinite if there was none
 * @param encodingSeconds the seconds spent encoding since the run was started or last resumed
 * @param fittingSeconds the seconds spent on steps since the run was started or last resumed
 */
public record TrainingResult(
        Outcome outcome,
        Path head,
        int steps,
        int headStep,
        double bestLoss,
        double encodingSeconds,
        double fittingSeconds) {
    /** The reason a run ended. */
    public enum Outcome {
        /** All steps were done. */
        ALL_STEPS,
        /** The loss stopped improving. */
        PATIENCE
    }
}
