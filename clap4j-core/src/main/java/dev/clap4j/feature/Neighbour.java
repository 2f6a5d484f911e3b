package dev.clap4j.feature;

/**
 * A row of a gallery similar to a query.
 *
 * @param id the row's id
 * @param row its index, from 0
 * @param similarity the cosine of the row and the query, -1 to 1
 */
public record Neighbour(String id, int row, float similarity) {}
