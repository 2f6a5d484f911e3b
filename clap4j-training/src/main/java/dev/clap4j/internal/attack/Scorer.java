package dev.clap4j.internal.attack;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.objective.Cosine;
import dev.clap4j.training.probe.LinearProbe;

/**
 * A classifier that maps features to scores, as seen by an attack.
 *
 * @param weight {@code [classes, D]}, in row-major order
 * @param bias {@code [classes]}
 * @param normalised whether features are normalised to length 1
 */
public record Scorer(float[] weight, float[] bias, boolean normalised) {
    private static final double LEAST_NORM = 1e-12;

    /**
     * Returns a scorer by cosine similarity with the classes' text features {@code [classes, D]}, without a logit
     * scale, as published.
     */
    public static Scorer zeroShot(FeatureMatrix texts) {
        return new Scorer(texts.normalised().values(), new float[texts.rows()], true);
    }

    /** Returns a scorer by a linear probe on features of length 1, which is what probes are trained on. */
    public static Scorer probe(LinearProbe probe) {
        return new Scorer(probe.weight(), probe.bias(), true);
    }

    /**
     * Returns a scorer by a linear probe on features that are not normalised. The authors' attack uses these scores,
     * although the classifier under attack normalises features to length 1.
     */
    public static Scorer officialProbe(LinearProbe probe) {
        return new Scorer(probe.weight(), probe.bias(), false);
    }

    /** Returns the number of classes. */
    public int classes() {
        return bias.length;
    }

    /** Returns the inputs that {@link #scores} takes: the weight and the bias. */
    TensorData[] inputs() {
        int dim = weight.length / classes();
        return new TensorData[] {TensorData.of("weight", weight, classes(), dim), TensorData.of("bias", bias, classes())
        };
    }

    /**
     * Returns the scores of the classes, {@code [b, classes]}.
     *
     * @param features {@code [b, D]}, not normalised
     */
    float[] scores(float[] features) {
        int dim = weight.length / classes();
        float[] scores = new float[features.length / dim * classes()];
        for (int row = 0; row < features.length / dim; row++) {
            int from = row * dim;
            double scale =
                    normalised ? 1 / Math.max(LEAST_NORM, Math.sqrt(product(features, from, features, from, dim))) : 1;
            for (int c = 0; c < classes(); c++) {
                scores[row * classes() + c] = (float) (product(features, from, weight, c * dim, dim) * scale + bias[c]);
            }
        }
        return scores;
    }

    private static double product(float[] x, int xFrom, float[] y, int yFrom, int count) {
        double product = 0;
        for (int i = 0; i < count; i++) {
            product += (double) x[xFrom + i] * y[yFrom + i];
        }
        return product;
    }

    /**
     * Returns the scores of the classes.
     *
     * @param features {@code [b, D]}, not normalised
     * @param normalised whether they should be
     * @return {@code [b, classes]}
     */
    static <T> T scores(TensorOps<T> ops, T features, T weight, T bias, boolean normalised) {
        return ops.linear(normalised ? Cosine.unit(ops, features) : features, weight, bias);
    }
}
