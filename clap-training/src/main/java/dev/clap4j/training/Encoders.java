package dev.clap4j.training;

/**
 * The frozen encoders of a training, and how much of their work an interrupted run may lose.
 *
 * @param dim the dimension D of their features
 * @param lasting encodes what is encoded once
 * @param passing encodes what is one step's alone
 * @param block how much is encoded before it is written to a file
 */
record Encoders<K, V>(int dim, Encoding<K> lasting, Encoding<V> passing, int block) {}
