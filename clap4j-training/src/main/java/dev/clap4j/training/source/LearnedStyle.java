package dev.clap4j.training.source;

/**
 * A style that was learned.
 *
 * @param vectors what stands among the token embeddings, {@code [count, width of the text encoder]}
 * @param feature of the style's prompt without a class, {@code [embedDim]}
 */
record LearnedStyle(float[][] vectors, float[] feature) {}
