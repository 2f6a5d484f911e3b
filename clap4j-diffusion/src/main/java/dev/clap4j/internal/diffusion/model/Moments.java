package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.io.TensorData;

/**
 * A normal distribution of latents.
 *
 * @param mean F32 {@code [b, channels, h, w]}
 * @param logvar the logarithm of the variance, from -30 to 20, in the same shape
 */
public record Moments(TensorData mean, TensorData logvar) {}
