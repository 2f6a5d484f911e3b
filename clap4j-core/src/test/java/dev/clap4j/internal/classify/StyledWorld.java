package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Features of known make: the first half of the dimensions holds content, the second style, and images differ from texts
 * by a constant, as CLIP's do. The truth is known here, and only here.
 */
final class StyledWorld {
    static final int CONTENT = 24;
    static final int DIM = 48;

    private final RandomGenerator random;
    private final List<float[]> content = new ArrayList<>();
    private final float[] gap;
    final List<FeatureMatrix> prompts = new ArrayList<>();
    final FeatureMatrix images;
    final int[] labels;

    /**
     * @param styleStrength length of the style part; the content part has length 1
     * @param noise standard deviation of each value of an image
     */
    StyledWorld(long seed, int classes, int styles, int imageCount, float styleStrength, float noise) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        IntStream.range(0, classes).forEach(c -> content.add(part(0, CONTENT, 1)));
        gap = part(0, DIM, 0.7f);
        for (int s = 0; s < styles; s++) {
            float[] style = part(CONTENT, DIM, styleStrength);
            List<float[]> rows = new ArrayList<>();
            for (float[] c : content) {
                // Some of a style is special to the class, or it would move all classes alike.
                rows.add(sum(c, style, part(CONTENT, DIM, styleStrength)));
            }
            prompts.add(matrix(rows));
        }
        labels = IntStream.range(0, imageCount).map(i -> i % classes).toArray();
        List<float[]> rows = new ArrayList<>();
        for (int label : labels) {
            float[] image = sum(content.get(label), gap, part(CONTENT, DIM, 1.5f * styleStrength));
            for (int j = 0; j < DIM; j++) {
                image[j] += (float) (noise * random.nextGaussian());
            }
            rows.add(image);
        }
        images = matrix(rows);
    }

    private static FeatureMatrix matrix(List<float[]> rows) {
        return FeatureMatrix.ofRows(
                IntStream.range(0, rows.size()).mapToObj(Integer::toString).toList(), DIM, rows);
    }

    /** A random vector of a given length with values only in some dimensions. */
    private float[] part(int from, int to, float length) {
        float[] vector = new float[DIM];
        double squares = 0;
        for (int j = from; j < to; j++) {
            vector[j] = (float) random.nextGaussian();
            squares += vector[j] * vector[j];
        }
        for (int j = from; j < to; j++) {
            vector[j] *= (float) (length / Math.sqrt(squares));
        }
        return vector;
    }

    private static float[] sum(float[]... parts) {
        float[] total = new float[DIM];
        for (float[] part : parts) {
            for (int j = 0; j < DIM; j++) {
                total[j] += part[j];
            }
        }
        return total;
    }

    /** A head whose residual cancels the style at exactly this α, and turns it round beyond. */
    static ContentMap cancelsStyleAt(float right) {
        return (features, alpha) -> map(features, (row, j) -> j < CONTENT ? row[j] : row[j] * (1 - alpha / right));
    }

    /** A head that takes content away. */
    static ContentMap removesContent() {
        return (features, alpha) -> map(features, (row, j) -> j < CONTENT ? row[j] * (1 - alpha) : row[j]);
    }

    /** A head that moves every feature the same way, ever further: at last all look alike. */
    ContentMap collapses() {
        float[] pole = part(0, DIM, 1000);
        return (features, alpha) -> map(features, (row, j) -> row[j] + alpha * pole[j]);
    }

    /** A head that learnt nothing: its residual is a random linear map. */
    ContentMap scrambles() {
        float[][] weights = new float[DIM][];
        IntStream.range(0, DIM).forEach(j -> weights[j] = part(0, DIM, 3));
        return (features, alpha) -> map(features, (row, j) -> row[j] + alpha * dot(weights[j], row));
    }

    /** A head that cancels the style at α = 1, but harms as it goes: it also scrambles. */
    ContentMap helpsAndHarms() {
        float[][] weights = new float[DIM][];
        IntStream.range(0, DIM).forEach(j -> weights[j] = part(0, DIM, 1.5f));
        return (features, alpha) ->
                map(features, (row, j) -> row[j] * (j < CONTENT ? 1 : 1 - alpha) + alpha * dot(weights[j], row));
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int j = 0; j < DIM; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private interface Value {
        float at(float[] row, int place);
    }

    private static FeatureMatrix map(FeatureMatrix features, Value value) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < features.rows(); i++) {
            float[] row = features.row(i);
            float[] mapped = new float[DIM];
            IntStream.range(0, DIM).forEach(j -> mapped[j] = value.at(row, j));
            rows.add(mapped);
        }
        return matrix(rows);
    }

    /** The mean accuracy over the styles of prompts, 0 to 1. */
    double accuracy(ContentMap map, float alpha) {
        FeatureMatrix mapped = map.apply(images, alpha);
        int correct = 0;
        for (FeatureMatrix style : prompts) {
            int[] predicted = ZeroShotClassifier.of(map.apply(style, alpha), 1).predict(mapped);
            for (int i = 0; i < labels.length; i++) {
                correct += predicted[i] == labels[i] ? 1 : 0;
            }
        }
        return (double) correct / labels.length / prompts.size();
    }
}
