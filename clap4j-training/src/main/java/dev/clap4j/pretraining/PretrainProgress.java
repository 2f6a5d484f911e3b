package dev.clap4j.pretraining;

import java.time.Duration;
import java.util.Locale;

/**
 * Where a run is.
 *
 * @param step steps made so far
 * @param steps the steps it will make
 * @param loss the mean loss since the last checkpoint
 * @param imagesPerSecond the speed since this part of the run began
 * @param timeLeft a guess at the time until the last step
 */
record PretrainProgress(int step, int steps, double loss, double imagesPerSecond, Duration timeLeft) {
    /** The latest news. */
    String note() {
        return String.format(Locale.ROOT, "loss %.4f, %.0f images/s", loss, imagesPerSecond);
    }

    /** An entry of a log. */
    String milestone() {
        long minutes = timeLeft.toMinutes();
        String left = minutes > 0 ? minutes + " min" : timeLeft.toSeconds() + " s";
        return "step " + step + " of " + steps + ": " + note() + ", " + left + " left";
    }
}
