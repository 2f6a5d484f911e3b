package dev.clap4j.pretraining;

import java.time.Duration;
import java.util.Locale;

/**
 * The progress of a run.
 *
 * @param step steps done so far
 * @param steps the total number of steps
 * @param loss the mean loss since the last checkpoint
 * @param imagesPerSecond the rate since this part of the run began
 * @param timeLeft the estimated time until the last step
 */
record PretrainProgress(int step, int steps, double loss, double imagesPerSecond, Duration timeLeft) {
    /** Returns a short status message. */
    String note() {
        return String.format(Locale.ROOT, "loss %.4f, %.0f images/s", loss, imagesPerSecond);
    }

    /** Returns a log message. */
    String milestone() {
        long minutes = timeLeft.toMinutes();
        String left = minutes > 0 ? minutes + " min" : timeLeft.toSeconds() + " s";
        return "step " + step + " of " + steps + ": " + note() + ", " + left + " left";
    }
}
