package dev.clap4j.internal.style;

/**
 * A learned style.
 *
 * @param vectors its token embeddings, {@code [count, width of the text encoder]}
 * @param feature the feature of its prompt without a class, {@code [embedDim]}
 */
record LearnedStyle(float[][] vectors, float[] feature) {}
