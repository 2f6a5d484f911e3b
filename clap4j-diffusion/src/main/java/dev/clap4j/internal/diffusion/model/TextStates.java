package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.io.TensorData;

/**
 * The states of prompts.
 *
 * @param hidden one state a token, F32 {@code [n, length, d]}: those of the last layer after the final norm; for Stable
 *     Diffusion XL those before the last layer, of both encoders side by side
 * @param pooled the second encoder's projected feature, F32 {@code [n, p]}; null for pipelines that take none
 */
public record TextStates(TensorData hidden, TensorData pooled) {}
