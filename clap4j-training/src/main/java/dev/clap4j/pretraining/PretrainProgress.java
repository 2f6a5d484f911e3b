package dev.clap4j.pretraining;

import java.time.Duration;

/**
 * Where a run is.
 *
 * @param step steps made so far
 * @param steps the steps it will make
 * @param loss the mean loss since the last checkpoint
 * @param imagesPerSecond the speed since this part of the run began
 * @param timeLeft a guess at the time until the last step
 */
public record PretrainProgress(int step, int steps, double loss, double imagesPerSecond, Duration timeLeft) {}
