package dev.clap4j.internal.classify;

import dev.clap4j.ClapException;
import dev.clap4j.Classification;
import dev.clap4j.Prediction;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.feature.Gallery;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Assigns each image to the class whose text feature has the highest cosine similarity with the image feature (Radford
 * et al. 2021, section 3.1).
 *
 * <p>Immutable and thread-safe.
 */
public final class ZeroShotClassifier {
    private final Gallery classes;
    private final float logitScale;

    private ZeroShotClassifier(FeatureMatrix classFeatures, float logitScale) {
        this.classes = Gallery.of(classFeatures);
        this.logitScale = logitScale;
    }

    /**
     * Creates a classifier from class features, whose row ids are the class names.
     *
     * @param classFeatures {@code [k, dim]}, normalised or not; at least one class
     * @param logitScale the factor on cosines before the softmax: the exponential of a checkpoint's
     *     {@code logit_scale}, 100 for OpenAI's models
     * @throws ClapException if there are no classes
     * @throws IllegalArgumentException if the factor is not positive
     */
    public static ZeroShotClassifier of(FeatureMatrix classFeatures, float logitScale) {
        if (classFeatures.rows() == 0) {
            throw new ClapException("A classifier needs at least one class");
        }
        if (!(logitScale > 0) || Float.isInfinite(logitScale)) {
            throw new IllegalArgumentException("The factor on cosines is a positive number, not " + logitScale);
        }
        return new ZeroShotClassifier(classFeatures, logitScale);
    }

    /** Returns the k classes, in the order of all results. */
    public List<String> classes() {
        return classes.ids();
    }

    /**
     * Returns the cosine similarities of images and classes.
     *
     * @param images {@code [n, dim]}, normalised or not
     * @return {@code [n][k]}, each from -1 to 1
     * @throws ClapException if the image features and class features differ in width
     */
    public float[][] scores(FeatureMatrix images) {
        return classes.similarity(images);
    }

    /** Returns the class index of each image; ties go to the lowest index. */
    public int[] predict(FeatureMatrix images) {
        float[][] scores = scores(images);
        return IntStream.range(0, scores.length).map(i -> argMax(scores[i])).toArray();
    }

    /** Returns the index of the largest value; ties go to the lowest index. */
    public static int argMax(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Returns the softmax over the classes of the cosines times the logit scale, {@code [n][k]}. */
    public float[][] probabilities(FeatureMatrix images) {
        float[][] rows = scores(images);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = softmax(rows[i]);
        }
        return rows;
    }

    private float[] softmax(float[] scores) {
        double max = (double) scores[argMax(scores)] * logitScale;
        double[] weights = new double[scores.length];
        double sum = 0;
        for (int c = 0; c < scores.length; c++) {
            weights[c] = Math.exp((double) scores[c] * logitScale - max);
            sum += weights[c];
        }
        float[] probabilities = new float[scores.length];
        for (int c = 0; c < scores.length; c++) {
            probabilities[c] = (float) (weights[c] / sum);
        }
        return probabilities;
    }

    /** Classifies images; ties go to the lower class index. Returns one classification per image, in order. */
    public List<Classification> classify(FeatureMatrix images) {
        float[][] scores = scores(images);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> new Classification(images.ids().get(i), predictions(scores[i])))
                .toList();
    }

    private List<Prediction> predictions(float[] scores) {
        float[] probabilities = softmax(scores);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer c) -> -scores[c]).thenComparing(c -> c))
                .map(c -> new Prediction(classes().get(c), scores[c], probabilities[c]))
                .toList();
    }
}
