package dev.clap4j.internal.training;

import java.util.List;
import java.util.Map;

/**
 * The first stage of training: draws everything that is random, from the seed alone. Nothing in a plan depends on the
 * weights, so inputs can be encoded in advance.
 *
 * @param <K> the type of inputs that are encoded once and shared by steps
 * @param <V> the type of inputs that are encoded for a single step
 */
interface Plan<K, V> {
    /** Returns the steps of an interval between two checks. */
    List<? extends PlannedBatch<K, V>> interval(int interval);

    /** Returns the settings beyond the options that determine the samples, named like options. */
    default Map<String, String> describe() {
        return Map.of();
    }
}
