package dev.clap4j.internal.training;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import java.util.List;

/**
 * A frozen encoder, as seen by training. The same inputs in the same order give bit-identical features.
 *
 * @param <T> the type of inputs
 */
@FunctionalInterface
interface Encoding<T> {
    /**
     * Returns the features of inputs, not normalised.
     *
     * @param steps advanced after every batch by its number of inputs
     * @return {@code [n, D]}, in the order of the inputs
     */
    FeatureMatrix encode(List<T> things, Steps steps);
}
