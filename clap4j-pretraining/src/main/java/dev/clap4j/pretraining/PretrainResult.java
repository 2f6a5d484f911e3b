package dev.clap4j.pretraining;

import java.nio.file.Path;

/**
 * The result of a run.
 *
 * @param model the model's folder
 * @param steps steps done in total, including earlier parts of the run
 * @param loss the mean loss over the last checkpoint interval; NaN if no step was done
 * @param imagesPerSecond the rate of this part of the run; 0 if no step was done
 */
public record PretrainResult(Path model, int steps, double loss, double imagesPerSecond) {}
