package dev.clap4j.training.probe;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.run.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A linear classifier on frozen, L2-normalised features (CLAP, section 4.2), trained with Adam on the cross-entropy, or
 * by another {@link ProbeRecipe}.
 *
 * <p>As in the authors' code, it classifies with the weights after the last epoch whose mean loss, measured before each
 * step's update, improved sufficiently on the best; see {@link ProbeStopping} for when training ends. Immutable and
 * safe for use by several threads.
 */
public final class LinearProbe {
    private final SoftmaxLayer layer;
    private final SoftmaxLayer last;
    private final List<Double> losses;
    private final OptionalDouble l2;

    private LinearProbe(SoftmaxLayer layer, SoftmaxLayer last, List<Double> losses, OptionalDouble l2) {
        this.layer = layer;
        this.last = last;
        this.losses = List.copyOf(losses);
        this.l2 = l2;
    }

    /** Creates a probe from the result of logistic regression. */
    static LinearProbe of(SoftmaxLayer layer, List<Double> losses, double l2) {
        return new LinearProbe(layer, layer, losses, OptionalDouble.of(l2));
    }

    /**
     * Trains a probe from random weights, initialised like those of a PyTorch linear layer.
     *
     * @param features {@code [n, D]}, normalised or not, n at least 1
     * @param labels {@code [n]}, 0 to classes − 1
     * @param classes the number of classes
     * @param seed the seed of the initial weights, and of the order if it is shuffled
     * @throws ClapException if the loss is not finite
     */
    public static LinearProbe train(
            FeatureMatrix features, int[] labels, int classes, ProbeOptions options, long seed) {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(options, "options");
        Streams streams = new Streams(seed);
        SoftmaxLayer first = SoftmaxLayer.draw(features.dim(), classes, streams.get("probe weights", 0));
        return train(features, labels, first, options, streams.get("probe order", 0));
    }

    /**
     * Trains a probe from given weights.
     *
     * @param weight {@code [classes, D]}
     * @param bias {@code [classes]}
     */
    public static LinearProbe train(
            FeatureMatrix features, int[] labels, float[] weight, float[] bias, ProbeOptions options, long seed) {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(bias, "bias");
        Objects.requireNonNull(options, "options");
        return train(features, labels, SoftmaxLayer.of(weight, bias), options, new Streams(seed).get("probe order", 0));
    }

    private static LinearProbe train(
            FeatureMatrix features, int[] labels, SoftmaxLayer layer, ProbeOptions options, RandomGenerator random) {
        check(features, labels, layer.classes());
        float[] unit = features.normalised().values();
        int[] order = IntStream.range(0, labels.length).toArray();
        SoftmaxLayer best = layer;
        List<Double> losses = new ArrayList<>();
        ProbeStopping stopping = ProbeStopping.START;
        while (losses.size() < options.maxEpochs() && stopping.failures() < options.patience()) {
            if (options.order() == ProbeOptions.Order.SHUFFLED) {
                shuffle(order, random);
            }
            double loss = epoch(layer, unit, labels, order, options);
            if (!Double.isFinite(loss)) {
                throw new ClapException("The loss of the linear probe is " + loss + " in epoch " + (losses.size() + 1)
                        + "; use a lower learning rate");
            }
            losses.add(loss);
            stopping = stopping.check(loss, options.minImprovement());
            best = stopping.improved() ? layer.copy() : best;
        }
        return new LinearProbe(best, layer.copy(), losses, OptionalDouble.empty());
    }

    static void check(FeatureMatrix features, int[] labels, int classes) {
        if (labels.length == 0 || features.rows() != labels.length) {
            throw new IllegalArgumentException(features.rows() + " rows with " + labels.length + " labels");
        }
        if (Arrays.stream(labels).anyMatch(label -> label < 0 || label >= classes)) {
            throw new IllegalArgumentException("A label is none of the " + classes + " classes");
        }
    }

    /**
     * Trains one epoch and returns the mean of the batches' losses, weighted equally whatever their size, as in the
     * authors' code.
     */
    private static double epoch(SoftmaxLayer layer, float[] unit, int[] labels, int[] order, ProbeOptions options) {
        double sum = 0;
        int batches = 0;
        for (int from = 0; from < order.length; from += options.batchSize(), batches++) {
            int to = Math.min(order.length, from + options.batchSize());
            sum += layer.step(unit, labels, order, from, to, options.learningRate());
        }
        return sum / batches;
    }

    private static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int place = order[other];
            order[other] = order[i];
            order[i] = place;
        }
    }

    /** Returns the logits {@code [n][classes]} of features {@code [n, D]}, normalised or not. */
    public float[][] logits(FeatureMatrix features) {
        Objects.requireNonNull(features, "features");
        if (features.dim() != layer.dim()) {
            throw new IllegalArgumentException(
                    "Features of " + features.dim() + " values for a probe of " + layer.dim());
        }
        return layer.scores(features.normalised().values());
    }

    /** Returns the class index of each row; among equal logits the lowest index. */
    public int[] predict(FeatureMatrix features) {
        return Arrays.stream(logits(features))
                .mapToInt(ZeroShotClassifier::argMax)
                .toArray();
    }

    /**
     * Returns the mean loss of each epoch, measured before its updates; for logistic regression, the objective at the
     * start and after every step.
     */
    public List<Double> losses() {
        return losses;
    }

    /** Returns the weights used for classification, {@code [classes, D]}, row-major. */
    public float[] weight() {
        return layer.weight();
    }

    /** Returns the bias used for classification, {@code [classes]}. */
    public float[] bias() {
        return layer.bias();
    }

    /** Returns the regularisation strength λ of logistic regression; empty for a probe trained with Adam. */
    public OptionalDouble l2() {
        return l2;
    }

    /** Returns the probe after the very last epoch, whether that improved or not. */
    public LinearProbe last() {
        return new LinearProbe(last, last, losses, l2);
    }
}
