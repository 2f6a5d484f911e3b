package dev.clap4j.training;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a run is.
 *
 * @param stage what it is doing
 * @param step steps made so far
 * @param steps the most steps it will make; patience may run out before
 * @param encoded texts or images of this interval that are encoded
 * @param toEncode texts or images of this interval
 * @param loss the loss of the last step, NaN before the first
 * @param secondsLeft a guess at the time until the last step, NaN while there is nothing to guess from
 */
public record TrainingProgress(
        Stage stage, int step, int steps, int encoded, int toEncode, double loss, double secondsLeft) {

    /** The time left until the last step, if it can be guessed. */
    public Optional<Duration> timeLeft() {
        return Double.isNaN(secondsLeft) ? Optional.empty() : Optional.of(Duration.ofSeconds((long) secondsLeft));
    }
}
