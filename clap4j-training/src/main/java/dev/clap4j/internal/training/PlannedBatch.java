package dev.clap4j.internal.training;

import java.util.List;
import java.util.Map;

/**
 * The samples of one step, fully drawn: inputs to encode, some of them shared with other steps.
 *
 * @param <K> the type of shared inputs, which are encoded once and must implement {@code equals} and {@code hashCode}
 * @param <V> the type of inputs used in this step only
 */
interface PlannedBatch<K, V> {
    /** Returns the inputs that other steps may share; may contain duplicates. */
    List<K> lasting();

    /** Returns the inputs used in this step only. */
    List<V> passing();

    /**
     * Returns the rows of the batch, in the blocks that the objective expects.
     *
     * @param lasting the features of shared inputs, by input
     * @param passing the features of {@link #passing}, in order
     */
    List<float[]> rows(Map<K, float[]> lasting, List<float[]> passing);
}
