package dev.clap4j.training;

import java.util.List;
import java.util.Map;

/**
 * The first of training's three parts: from the seed alone, everything that is sampled. Nothing of it depends on the
 * network being trained, so all of it can be known, and encoded, beforehand.
 *
 * @param <K> what is encoded once
 * @param <V> what is encoded for one step alone
 */
interface Plan<K, V> {
    /** The steps of an interval between two checks. */
    List<? extends PlannedBatch<K, V>> interval(int interval);

    /** What else decides what is sampled, besides the options, by names as those of options. */
    default Map<String, String> describe() {
        return Map.of();
    }
}
