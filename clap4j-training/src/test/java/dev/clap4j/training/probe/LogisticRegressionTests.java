package dev.clap4j.training.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.optimizer.Lbfgs;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTests {
    private static final int CLASSES = 5;
    private static final int DIM = 12;

    private static FeatureMatrix matrix(int dim, float... values) {
        return new FeatureMatrix(Collections.nCopies(values.length / dim, ""), dim, values);
    }

    /** Class means and noise of some length about them. */
    private static FeatureMatrix clouds(int[] labels, int dim, double noise, long seed) {
        Random random = new Random(seed);
        float[][] means = new float[CLASSES][dim];
        for (float[] mean : means) {
            IntStream.range(0, dim).forEach(j -> mean[j] = (float) random.nextGaussian());
        }
        float[] values = new float[labels.length * dim];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (means[labels[i / dim]][i % dim] + noise * random.nextGaussian());
        }
        return matrix(dim, values);
    }

    private static int[] labels(int perClass) {
        return IntStream.range(0, CLASSES * perClass).map(i -> i % CLASSES).toArray();
    }

    /** So close to the minimum that rounding the weights to 32 bits is all that is left. */
    private static RegressionOptions exact(double l2) {
        return new RegressionOptions(List.of(l2), 2, l2, 1e-8, 1000);
    }

    /** The gradient of what is minimised, {@code [classes, dim]} and then {@code [classes]}, in plain arithmetic. */
    private static double[] gradient(FeatureMatrix features, int[] labels, LinearProbe probe, double l2) {
        float[] unit = features.normalised().values();
        float[] weight = probe.weight();
        float[] bias = probe.bias();
        int dim = features.dim();
        double[] gradient = new double[weight.length + bias.length];
        for (int i = 0; i < weight.length; i++) {
            gradient[i] = l2 * weight[i];
        }
        for (int row = 0; row < labels.length; row++) {
            double[] powers = new double[bias.length];
            double sum = 0;
            for (int c = 0; c < bias.length; c++) {
                double score = bias[c];
                for (int j = 0; j < dim; j++) {
                    score += (double) weight[c * dim + j] * unit[row * dim + j];
                }
                powers[c] = Math.exp(score);
                sum += powers[c];
            }
            for (int c = 0; c < bias.length; c++) {
                double excess = powers[c] / sum - (c == labels[row] ? 1 : 0);
                for (int j = 0; j < dim; j++) {
                    gradient[c * dim + j] += excess * unit[row * dim + j];
                }
                gradient[weight.length + c] += excess;
            }
        }
        return gradient;
    }

    private static double length(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
    }

    /**
     * The function is convex and the gradient vanishes at its minimum alone. Rounding the weights to 32 bits adds
     * about 1e-7 of their length times the curvature, which is the number of rows at most.
     */
    @ParameterizedTest
    @ValueSource(doubles = {100, 1, 0.01})
    void theGradientVanishesAtTheEnd(double l2) {
        int[] labels = labels(8);
        FeatureMatrix features = clouds(labels, DIM, 1, 3);

        LinearProbe probe = exact(l2).train(features, labels, CLASSES, 0);

        assertThat(length(gradient(features, labels, probe, l2))).isLessThan(2e-4);
        assertThat(probe.losses()).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(probe.losses().get(0)).isCloseTo(labels.length * Math.log(CLASSES), within(1e-9));
        assertThat(probe.l2()).hasValue(l2);
    }

    /** Two classes at +1 and −1, n rows each: by symmetry the weights are ±w with λ w = 2 n / (1 + exp(2 w)). */
    @Test
    void twoPointsHaveAKnownSolution() {
        double l2 = 0.5;
        FeatureMatrix features = matrix(1, 1, 1, 1, -1, -1, -1);
        double low = 0;
        double high = 100;
        for (int i = 0; i < 100; i++) {
            double w = (low + high) / 2;
            boolean above = l2 * w > 6 / (1 + Math.exp(2 * w));
            low = above ? low : w;
            high = above ? w : high;
        }

        LinearProbe probe = RegressionOptions.USUAL.withL2(l2).train(features, new int[] {0, 0, 0, 1, 1, 1}, 2, 0);

        assertThat(probe.weight()[0]).isCloseTo((float) low, within(1e-4f));
        assertThat(probe.weight()[1]).isCloseTo((float) -low, within(1e-4f));
        assertThat(probe.bias()[0]).isCloseTo(0, within(1e-4f));
    }

    /** With nothing to tell classes apart, only the bias, which is free, can follow how often each comes. */
    @Test
    void theBiasIsNotHeldBack() {
        FeatureMatrix features = matrix(2, 1, 0, 1, 0, 1, 0, 1, 0);

        LinearProbe probe = exact(1e6).train(features, new int[] {0, 0, 0, 1}, 2, 0);

        assertThat(probe.bias()[0] - probe.bias()[1]).isCloseTo((float) Math.log(3), within(1e-3f));
    }

    @Test
    void valueAndGradientBelongTogether() {
        int[] labels = labels(3);
        float[] unit = clouds(labels, 4, 1, 5).normalised().values();
        int[] some = {0, 2, 3, 7, 11};
        RegressionObjective objective = new RegressionObjective(unit, 4, labels, CLASSES, some);
        Lbfgs.Objective function = objective.with(0.3);
        double[] at = new Random(2).doubles(objective.size(), -1, 1).toArray();
        double[] gradient = new double[at.length];
        double[] unused = new double[at.length];
        function.evaluate(at, gradient);
        for (int i = 0; i < at.length; i++) {
            double h = 1e-5;
            double[] more = at.clone();
            double[] less = at.clone();
            more[i] += h;
            less[i] -= h;
            double slope = (function.evaluate(more, unused) - function.evaluate(less, unused)) / (2 * h);
            // Central differences err by h² and by the last bits of the value over h: 1e-9 at most.
            assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
        }
    }

    /** The classes differ in a weak direction under strong others: only large weights can use it. */
    @Test
    void weakRegularisationIsChosenWhereWeightsMustBeLarge() {
        int[] labels = IntStream.range(0, 40).map(i -> i % 2).toArray();
        Random random = new Random(4);
        float[] values = new float[labels.length * 3];
        for (int i = 0; i < labels.length; i++) {
            values[3 * i] = (labels[i] == 0 ? 0.1f : -0.1f);
            values[3 * i + 1] = (float) random.nextGaussian();
            values[3 * i + 2] = (float) random.nextGaussian();
        }

        LinearProbe probe = RegressionOptions.USUAL.train(matrix(3, values), labels, 2, 0);

        assertThat(probe.l2().orElseThrow()).isLessThan(0.1);
        assertThat(probe.predict(matrix(3, values))).isEqualTo(labels);
    }

    /** A third of the labels is wrong, and there are dimensions enough to learn them all by heart. */
    @Test
    void strongRegularisationIsChosenWhereLabelsAreWrong() {
        int[] labels = labels(12);
        FeatureMatrix features = clouds(labels, 100, 1, 1);
        Random random = new Random(6);
        int[] given = Arrays.stream(labels)
                .map(label -> random.nextInt(3) == 0 ? random.nextInt(CLASSES) : label)
                .toArray();

        LinearProbe probe = RegressionOptions.USUAL.train(features, given, CLASSES, 0);
        LinearProbe byHeart = RegressionOptions.USUAL.withL2(1e-4).train(features, given, CLASSES, 0);

        assertThat(probe.l2().orElseThrow()).isGreaterThan(0.1);
        assertThat(byHeart.predict(features)).isEqualTo(given);
        assertThat(right(probe.predict(features), labels)).isGreaterThan(right(given, labels));
    }

    private static long right(int[] predicted, int[] labels) {
        return IntStream.range(0, labels.length)
                .filter(i -> predicted[i] == labels[i])
                .count();
    }

    @Test
    void withOneImageOfEachClassThereIsNothingToChooseBy() {
        int[] labels = labels(1);

        LinearProbe probe = RegressionOptions.USUAL.train(clouds(labels, DIM, 1, 1), labels, CLASSES, 0);

        assertThat(probe.l2()).hasValue(RegressionOptions.USUAL.defaultL2());
        assertThat(probe.predict(clouds(labels, DIM, 1, 1))).isEqualTo(labels);
    }

    @Test
    void aClassWithASingleImageIsNeverWithoutIt() {
        int[] labels = {0, 0, 0, 1, 1, 1, 2, 3, 4, 4};
        FeatureMatrix features = clouds(labels, DIM, 0.1, 1);

        assertThat(RegressionOptions.USUAL.train(features, labels, CLASSES, 0).predict(features))
                .isEqualTo(labels);
    }

    @Test
    void neitherNeighboursNorLengthsOfRowsMatter() {
        int[] labels = labels(4);
        FeatureMatrix features = clouds(labels, DIM, 1, 3);
        float[] longer = features.values();
        IntStream.range(0, longer.length).forEach(i -> longer[i] *= 4);
        float[] alone =
                RegressionOptions.USUAL.train(features, labels, CLASSES, 1).weight();

        List<float[]> together = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> RegressionOptions.USUAL
                        .train(i % 2 == 0 ? features : matrix(DIM, longer), labels, CLASSES, 1)
                        .weight())
                .toList();

        assertThat(together).allSatisfy(weight -> assertThat(weight).isEqualTo(alone));
    }

    @Test
    void mistakes() {
        assertThatThrownBy(() -> RegressionOptions.USUAL.withL2(0))
                .isInstanceOf(ClapException.class)
                .hasMessage("The strength λ of the regularisation should be above 0, but is [0.0] or 0.0");
        assertThatThrownBy(() -> new RegressionOptions(List.of(1.0), 1, 1, 1e-5, 100))
                .isInstanceOf(ClapException.class)
                .hasMessage("Logistic regression needs 2 folds and 1 step or more, but has 1 and 100");
        assertThatThrownBy(() -> new RegressionOptions(List.of(1.0), 5, 1, 2, 100))
                .isInstanceOf(ClapException.class)
                .hasMessage("The tolerance of logistic regression should be between 0 and 1, but is 2.0");
    }
}
