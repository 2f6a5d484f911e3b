package dev.clap4j.training;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import java.util.List;

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
     * @param steps advanced after every batch by its things
     * @return {@code [n, D]}, in the order of the things
     */
    FeatureMatrix encode(List<T> things, Steps steps);
}
