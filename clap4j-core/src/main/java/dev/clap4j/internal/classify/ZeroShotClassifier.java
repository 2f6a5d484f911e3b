package dev.clap4j.internal.classify;

import dev.clap4j.ClapException;
import dev.clap4j.Prediction;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.feature.Gallery;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Classifies images by the class whose text feature points most nearly their way (Radford et al. 2021, section 3.1).
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class ZeroShotClassifier {
    private final Gallery classes;
    private final float logitScale;

    private ZeroShotClassifier(FeatureMatrix classFeatures, float logitScale) {
        this.classes = Gallery.of(classFeatures);
        this.logitScale = logitScale;
    }

    /**
     * A classifier for the classes that are the ids of their text features.
     *
     * @param classFeatures {@code [k, dim]}, normalised or not; at least one class
     * @param logitScale the factor on cosines before the softmax: the exponential of a checkpoint's
     *     {@code logit_scale}, 100 for OpenAI's models
     * @throws ClapException if there is no class
     * @throws IllegalArgumentException if the factor is no positive number
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

    /** The k classes, in the order of all results. */
    public List<String> classes() {
        return classes.ids();
    }

    /**
     * Cosines of images and classes.
     *
     * @param images {@code [n, dim]}, normalised or not
     * @return {@code [n][k]}, each from -1 to 1
     * @throws ClapException if the images' features have another width than the classes'
     */
    public float[][] scores(FeatureMatrix images) {
        return classes.similarity(images);
    }

    /** The class of each image by its number; of equal scores the lowest number wins. */
    public int[] predict(FeatureMatrix images) {
        float[][] scores = scores(images);
        return IntStream.range(0, scores.length).map(i -> argMax(scores[i])).toArray();
    }

    /** The place of the largest value, the first one of equals. */
    public static int argMax(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /** The softmax over the classes of cosines times the logit scale, {@code [n][k]}. */
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

    /**
     * The best classes of each image, best first; of equal scores the lower class number comes first.
     *
     * @param k how many, at least 1; all classes if there are fewer
     * @return a list of predictions for each image, in the images' order
     */
    public List<List<Prediction>> top(FeatureMatrix images, int k) {
        if (k < 1) {
            throw new ClapException("The number of best classes should be at least 1, not " + k);
        }
        float[][] scores = scores(images);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> top(scores[i], k))
                .toList();
    }

    private List<Prediction> top(float[] scores, int k) {
        float[] probabilities = softmax(scores);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer c) -> -scores[c]).thenComparing(c -> c))
                .limit(k)
                .map(c -> new Prediction(classes().get(c), scores[c], probabilities[c]))
                .toList();
    }
}
