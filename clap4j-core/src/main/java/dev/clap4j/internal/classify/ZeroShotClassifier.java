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
    private final Scoring scoring;

    private ZeroShotClassifier(Gallery classes, Scoring scoring) {
        this.classes = classes;
        this.scoring = scoring;
    }

    /**
     * Creates a classifier from class features, whose row ids are the class names.
     *
     * @param classFeatures {@code [k, dim]}, normalised or not; at least one class
     * @param scoring the way to probabilities
     * @throws ClapException if there are no classes
     */
    public static ZeroShotClassifier of(FeatureMatrix classFeatures, Scoring scoring) {
        if (classFeatures.rows() == 0) {
            throw new ClapException("A classifier needs at least one class");
        }
        return new ZeroShotClassifier(Gallery.of(classFeatures), scoring);
    }

    /**
     * Creates a classifier whose probabilities are the softmax over the classes.
     *
     * @param classFeatures {@code [k, dim]}, normalised or not; at least one class
     * @param logitScale the factor on cosines before the softmax: the exponential of a checkpoint's
     *     {@code logit_scale}, 100 for OpenAI's models
     * @throws ClapException if there are no classes
     * @throws IllegalArgumentException if the factor is not positive
     */
    public static ZeroShotClassifier of(FeatureMatrix classFeatures, float logitScale) {
        return of(classFeatures, new Scoring.Softmax(logitScale));
    }

    /** Returns this classifier with probabilities by the softmax over its classes. */
    public ZeroShotClassifier withSoftmax() {
        return new ZeroShotClassifier(classes, scoring.softmax());
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

    /** Returns the probabilities of the classes, {@code [n][k]}. */
    public float[][] probabilities(FeatureMatrix images) {
        float[][] rows = scores(images);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = scoring.probabilities(rows[i]);
        }
        return rows;
    }

    /** Classifies images; ties go to the lower class index. Returns one classification per image, in order. */
    public List<Classification> classify(FeatureMatrix images) {
        float[][] scores = scores(images);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> new Classification(images.ids().get(i), predictions(scores[i])))
                .toList();
    }

    private List<Prediction> predictions(float[] scores) {
        float[] probabilities = scoring.probabilities(scores);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer c) -> -scores[c]).thenComparing(c -> c))
                .map(c -> new Prediction(classes().get(c), scores[c], probabilities[c]))
                .toList();
    }
}
