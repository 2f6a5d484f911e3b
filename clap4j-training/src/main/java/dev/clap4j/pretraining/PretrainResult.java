package dev.clap4j.pretraining;

import java.nio.file.Path;

/**
 * What a run came to.
 *
 * @param model the checkpoint's folder
 * @param steps steps made, by all parts of the run together
 * @param loss the mean loss since the last checkpoint but one; NaN if no step was made
 * @param imagesPerSecond the speed of this part of the run; 0 if no step was made
 */
public record PretrainResult(Path model, int steps, double loss, double imagesPerSecond) {}
