package dev.clap4j.internal.clip;

/**
 * A text with vectors that are no token's among its token embeddings (CLAP's Gaussian noise, section 3.2).
 *
 * @param text the text without them
 * @param context the vectors, {@code [count, width of the text encoder]}
 * @param position where they stand
 */
public record ContextText(String text, float[][] context, ContextPosition position) {}
