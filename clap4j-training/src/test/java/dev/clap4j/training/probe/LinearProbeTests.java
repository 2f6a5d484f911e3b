package dev.clap4j.training.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearProbeTests {
    /** The reference's fp32 and fp64 losses differ by 5.5e-7. */
    private static final double LOSS = 1e-4;

    private static final double WEIGHTS = 1e-3;

    private static final ProbeOptions FIXED = ProbeOptions.OFFICIAL.withOrder(ProbeOptions.Order.FIXED);

    private static int rows() {
        return (int) golden().get("train_features").shape()[0];
    }

    private static JsonNode facts() throws IOException {
        return Golden.json("linear-probe/probe.json");
    }

    private static SafetensorsFile golden() {
        return Golden.tensors("linear-probe/probe.safetensors");
    }

    private static FeatureMatrix features(TensorData rows) {
        return new FeatureMatrix(
                Collections.nCopies((int) rows.shape()[0], ""), (int) rows.shape()[1], rows.toFloats());
    }

    private static int[] labels(TensorData labels) {
        return Arrays.stream(labels.toLongs()).mapToInt(Math::toIntExact).toArray();
    }

    private static LinearProbe trainGolden(ProbeOptions options) {
        SafetensorsFile golden = golden();
        return LinearProbe.train(
                features(golden.get("train_features")),
                labels(golden.get("train_labels")),
                golden.get("initial_weight").toFloats(),
                golden.get("initial_bias").toFloats(),
                options,
                0);
    }

    private static void assertLosses(LinearProbe probe, JsonNode expected) {
        assertThat(probe.losses()).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(probe.losses().get(i))
                    .as("loss of epoch %d", i + 1)
                    .isCloseTo(expected.get(i).asDouble(), within(LOSS));
        }
    }

    private static void assertWeights(LinearProbe probe, String weight, String bias) {
        Numbers.assertClose(probe.weight(), golden().get(weight).toFloats(), WEIGHTS);
        Numbers.assertClose(probe.bias(), golden().get(bias).toFloats(), WEIGHTS);
    }

    private static void assertSameAsReference(String kind, int batchSize) throws IOException {
        JsonNode losses = facts().at("/" + kind + "/epoch_loss");
        LinearProbe probe = trainGolden(FIXED.withBatchSize(batchSize).withEpochs(losses.size(), losses.size() + 1));

        assertLosses(probe, losses);
        assertWeights(probe.last(), kind + ".final_weight", kind + ".final_bias");
        FeatureMatrix test = features(golden().get("test_features"));
        List<Float> logits = new ArrayList<>();
        for (float[] row : probe.last().logits(test)) {
            for (float logit : row) {
                logits.add(logit);
            }
        }
        float[] expected = golden().get(kind + ".test_logits").toFloats();
        float[] actual = new float[expected.length];
        IntStream.range(0, expected.length).forEach(i -> actual[i] = logits.get(i));
        Numbers.assertClose(actual, expected, WEIGHTS);
        int[] predictions = IntStream.range(0, test.rows())
                .map(i -> facts(kind).get("test_predictions").get(i).asInt())
                .toArray();
        assertThat(probe.last().predict(test)).isEqualTo(predictions);
    }

    private static JsonNode facts(String kind) {
        try {
            return facts().get(kind);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void minibatchesFollowTheReference() throws IOException {
        int size = facts().get("batch_size").asInt();
        assertSameAsReference("minibatch" + size, size);
    }

    @Test
    void fullBatchesFollowTheReference() throws IOException {
        assertSameAsReference("fullbatch", rows());
    }

    @Test
    void stopsWhereTheReferenceStopsAndKeepsWhatItKept() throws IOException {
        LinearProbe probe = trainGolden(FIXED);

        assertLosses(probe, facts().at("/reference_stop/epoch_loss"));
        assertWeights(probe, "reference_stop.best_weight", "reference_stop.best_bias");
        assertWeights(probe.last(), "reference_stop.last_weight", "reference_stop.last_bias");
    }

    @Test
    void everyExampleOfTheStoppingRule() throws IOException {
        JsonNode rule = facts().get("reference_stop");
        int examples = 0;
        for (JsonNode example : facts().get("stopping_rule_examples")) {
            ProbeStopping stopping = ProbeStopping.START;
            for (JsonNode epoch : example) {
                assertThat(stopping.failures()).isLessThan(rule.get("patience").asInt());
                stopping = stopping.check(
                        epoch.get("loss").asDouble(),
                        rule.get("min_improvement").asDouble());
                assertThat(stopping.improved()).isEqualTo(epoch.get("saved").asBoolean());
                assertThat(stopping.failures())
                        .isEqualTo(epoch.get("stop_count").asInt());
                examples++;
            }
            assertThat(stopping.failures()).isEqualTo(rule.get("patience").asInt());
        }
        assertThat(examples).isPositive();
    }

    /** Rows of random numbers with random labels, more classes than a vector register holds, and not a multiple. */
    private static FeatureMatrix randomRows(int rows, int dim) {
        Random random = new Random(7);
        float[] values = new float[rows * dim];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.nextGaussian());
        return new FeatureMatrix(Collections.nCopies(rows, ""), dim, values);
    }

    @Test
    void stepsAreThoseOfAdamInDoubles() {
        FeatureMatrix rows = randomRows(50, 24);
        int[] labels = IntStream.range(0, 50).map(i -> i * 7 % 19).toArray();
        Random random = new Random(3);
        float[] weight = new float[19 * 24];
        float[] bias = new float[19];
        IntStream.range(0, weight.length).forEach(i -> weight[i] = (float) random.nextGaussian());
        IntStream.range(0, bias.length).forEach(i -> bias[i] = (float) random.nextGaussian());

        LinearProbe probe = LinearProbe.train(
                rows, labels, weight, bias, FIXED.withBatchSize(50).withEpochs(3, 10), 0);

        float[] unit = rows.normalised().values();
        double[] w = IntStream.range(0, 19 * 25)
                .mapToDouble(i -> i < weight.length ? weight[i] : bias[i - weight.length])
                .toArray();
        double[][] moments = new double[2][w.length];
        for (int t = 1; t <= 3; t++) {
            double[] gradient = new double[w.length];
            assertThat(probe.losses().get(t - 1)).isCloseTo(crossEntropy(unit, labels, w, gradient), within(1e-5));
            for (int i = 0; i < w.length; i++) {
                moments[0][i] += 0.1 * (gradient[i] - moments[0][i]);
                moments[1][i] += 0.001 * (gradient[i] * gradient[i] - moments[1][i]);
                w[i] -= 0.005
                        * (moments[0][i] / (1 - Math.pow(0.9, t)))
                        / (Math.sqrt(moments[1][i] / (1 - Math.pow(0.999, t))) + 1e-8);
            }
        }
        Numbers.assertClose(probe.last().weight(), floats(Arrays.copyOf(w, weight.length)), 1e-5);
        Numbers.assertClose(probe.last().bias(), floats(Arrays.copyOfRange(w, weight.length, w.length)), 1e-5);
    }

    /** Returns the mean cross-entropy of 19 classes for weights {@code [19, 24]} and a bias, and adds its gradient. */
    private static double crossEntropy(float[] rows, int[] labels, double[] w, double... gradient) {
        double loss = 0;
        for (int row = 0; row < labels.length; row++) {
            double[] scores = new double[19];
            for (int c = 0; c < 19; c++) {
                scores[c] = w[19 * 24 + c];
                for (int j = 0; j < 24; j++) {
                    scores[c] += w[c * 24 + j] * rows[row * 24 + j];
                }
            }
            double sum = Arrays.stream(scores).map(Math::exp).sum();
            loss += (Math.log(sum) - scores[labels[row]]) / labels.length;
            for (int c = 0; c < 19; c++) {
                double excess = (Math.exp(scores[c]) / sum - (c == labels[row] ? 1 : 0)) / labels.length;
                gradient[19 * 24 + c] += excess;
                for (int j = 0; j < 24; j++) {
                    gradient[c * 24 + j] += excess * rows[row * 24 + j];
                }
            }
        }
        return loss;
    }

    private static float[] floats(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void shufflesFromTheSeed() {
        FeatureMatrix rows = randomRows(40, 8);
        int[] labels = IntStream.range(0, 40).map(i -> i % 4).toArray();
        ProbeOptions few = ProbeOptions.OFFICIAL.withEpochs(5, 10).withBatchSize(8);
        float[] zeros = new float[4 * 8];

        LinearProbe one = LinearProbe.train(rows, labels, zeros, new float[4], few, 1);
        LinearProbe again = LinearProbe.train(rows, labels, zeros, new float[4], few, 1);
        LinearProbe other = LinearProbe.train(rows, labels, zeros, new float[4], few, 2);

        assertThat(one.weight()).isEqualTo(again.weight()).isNotEqualTo(other.weight());
        assertThat(LinearProbe.train(rows, labels, 4, few, 1).losses())
                .isEqualTo(LinearProbe.train(rows, labels, 4, few, 1).losses())
                .isNotEqualTo(LinearProbe.train(rows, labels, 4, few, 2).losses());
    }

    @Test
    void lengthsOfRowsDoNotMatter() {
        FeatureMatrix rows = randomRows(12, 8);
        float[] longer = rows.values();
        IntStream.range(0, longer.length).forEach(i -> longer[i] *= 4);
        int[] labels = IntStream.range(0, 12).map(i -> i % 3).toArray();
        ProbeOptions few = FIXED.withEpochs(4, 10);

        LinearProbe probe = LinearProbe.train(rows, labels, 3, few, 5);
        FeatureMatrix scaled = new FeatureMatrix(rows.ids(), 8, longer);

        assertThat(LinearProbe.train(scaled, labels, 3, few, 5).weight()).isEqualTo(probe.weight());
        assertThat(probe.predict(scaled)).isEqualTo(probe.predict(rows));
    }

    @Test
    void mistakes() {
        FeatureMatrix rows = randomRows(3, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> LinearProbe.train(rows, new int[] {0, 1}, 2, FIXED, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearProbe.train(rows, new int[] {0, 1, 2}, 2, FIXED, 0));
        assertThatThrownBy(() -> new ProbeOptions(0, 32, 1000, 10, 0.001, ProbeOptions.Order.FIXED))
                .isInstanceOf(ClapException.class)
                .hasMessage("The learning rate of a probe should be above 0, but is 0.0");
        assertThatThrownBy(() -> FIXED.withBatchSize(0))
                .isInstanceOf(ClapException.class)
                .hasMessage("A probe's batch size, epochs and patience should be 1 or more, but are 0, 1000 and 10");
    }
}
