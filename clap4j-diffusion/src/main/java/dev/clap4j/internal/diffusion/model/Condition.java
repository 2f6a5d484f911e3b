package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.io.TensorData;

/**
 * The conditions of a denoiser, F32, a row for each sample.
 *
 * @param hidden the states of prompts, {@code [b, length, d]}
 * @param pooled the pooled states of prompts, {@code [b, p]}; null for denoisers that take none
 * @param timeIds sizes and crop: original height and width, top, left, target height and width, {@code [b, 6]}; null
 *     for denoisers that take none
 * @param guidance the embedding of the guidance scale, {@code [b, guidanceDim]}; null for denoisers that take none
 */
public record Condition(TensorData hidden, TensorData pooled, TensorData timeIds, TensorData guidance) {
    /** Creates a condition of text alone. */
    public static Condition of(TensorData hidden) {
        return new Condition(hidden, null, null, null);
    }
}
