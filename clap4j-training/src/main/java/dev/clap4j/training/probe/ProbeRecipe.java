package dev.clap4j.training.probe;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Map;

/** A method of training a linear probe. */
public sealed interface ProbeRecipe permits ProbeOptions, RegressionOptions {
    /**
     * Trains a probe.
     *
     * @param features {@code [n, D]}, normalised or not, n at least 1
     * @param labels {@code [n]}, 0 to classes − 1
     * @param classes the number of classes
     * @param seed the seed of all randomness
     */
    LinearProbe train(FeatureMatrix features, int[] labels, int classes, long seed);

    /** Returns the recipe's name on the command line. */
    String name();

    /** Returns every setting that affects the result, by name, in a fixed order. */
    Map<String, String> describe();
}
