package dev.clap4j.search;

/**
 * A picture found by a search.
 *
 * @param image the picture
 * @param similarity the cosine similarity with the query, -1 to 1
 */
public record FoundImage(IndexedImage image, float similarity) {}
