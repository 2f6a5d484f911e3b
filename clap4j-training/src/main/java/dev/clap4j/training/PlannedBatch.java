package dev.clap4j.training;

import java.util.List;
import java.util.Map;

/**
 * What one step is trained on, all of it drawn: things to encode, some of which other steps may draw too.
 *
 * @param <K> what lasts: it is encoded once, and has an {@code equals}
 * @param <V> what passes: it is this step's alone
 */
interface PlannedBatch<K, V> {
    /** What other steps may share; may have duplicates. */
    List<K> lasting();

    /** What is this step's alone. */
    List<V> passing();

    /**
     * The rows of the batch, in the blocks that the objective asks for.
     *
     * @param lasting features by what they are of
     * @param passing features of {@link #passing}, in order
     */
    List<float[]> rows(Map<K, float[]> lasting, List<float[]> passing);
}
