package dev.clap4j.training.probe;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Map;

/** A way to train a linear probe. */
public sealed interface ProbeRecipe permits ProbeOptions, RegressionOptions {
    /**
     * Trains a probe.
     *
     * @param features {@code [n, D]}, normalised or not, n at least 1
     * @param labels {@code [n]}, 0 to classes − 1
     * @param classes the number of classes
     * @param seed of whatever is drawn
     */
    LinearProbe train(FeatureMatrix features, int[] labels, int classes, long seed);

    /** What it is called on the command line. */
    String name();

    /** Every number that decides about the result, by name, in a fixed order. */
    Map<String, String> describe();
}
