package dev.clap4j.training;

import dev.clap4j.feature.FeatureMatrix;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A frozen encoder, as training sees it. The same things in the same order give the same bits.
 *
 * @param <T> what it encodes
 */
@FunctionalInterface
interface Encoding<T> {
    /**
     * Features, not normalised.
     *
     * @param progress told after every batch how many more are done
     * @return {@code [n, D]}, in the order of the things
     */
    FeatureMatrix encode(List<T> things, IntConsumer progress);
}
