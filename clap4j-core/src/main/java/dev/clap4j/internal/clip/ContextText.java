package dev.clap4j.internal.clip;

/**
 * A text with context vectors among its token embeddings (the Gaussian noise of CLAP, section 3.2).
 *
 * @param text the text without the vectors
 * @param context the vectors, {@code [count, width of the text encoder]}
 * @param position where to insert them
 */
public record ContextText(String text, float[][] context, ContextPosition position) {}
