package dev.clap4j.internal.spark;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.prompt.ClassPrompts;
import java.io.Serializable;
import java.util.List;

/**
 * The features of classes, computed by the driver.
 *
 * @param classes the k class names
 * @param dimension the dimension of features
 * @param features {@code [k, dimension]}, row by row
 * @param scale the factor on cosines
 * @param bias what a sigmoid adds to scaled cosines; NaN if probabilities are relative to other classes
 */
public record ClassRows(List<String> classes, int dimension, float[] features, float scale, float bias)
        implements Serializable {
    /** Encodes the prompts of classes, once, on all processors of this machine. */
    public static ClassRows of(EncoderRecipe recipe, ClassPrompts prompts) {
        try (Encoders encoders = Encoders.open(recipe, Runtime.getRuntime().availableProcessors())) {
            FeatureMatrix features = ClassFeatures.of(prompts, encoders::texts);
            Scoring scoring = encoders.scoring();
            float bias = scoring instanceof Scoring.Sigmoid sigmoid ? sigmoid.bias() : Float.NaN;
            return new ClassRows(features.ids(), features.dim(), features.values(), scoring.scale(), bias);
        }
    }

    /** Returns their classifier. */
    public ZeroShotClassifier classifier() {
        return ZeroShotClassifier.of(new FeatureMatrix(classes, dimension, features), scoring());
    }

    /** Returns the way from cosines to probabilities. */
    Scoring scoring() {
        return Float.isNaN(bias) ? new Scoring.Softmax(scale) : new Scoring.Sigmoid(scale, bias);
    }
}
