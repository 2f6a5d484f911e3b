package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.internal.blas.Matrix;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.objective.BatchLoss;
import dev.clap4j.internal.objective.Cosines;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.HeadObjective;
import dev.clap4j.training.objective.ImAugObjective;
import dev.clap4j.training.objective.PairLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients that are written out, against those of the reference and against differences of losses. */
class HeadGradientTests {
    private static final int FEW = 5;

    /** More rows than a product adds at once. */
    private static final int MANY = 100;

    static Stream<Arguments> heads() {
        List<HeadObjective> objectives = List.of(
                ClapObjective.official(0.5, 1, 1),
                ClapObjective.official(0.3, 1, 1e-4),
                new ClapObjective(PairLoss.infoNce(0.5), PairLoss.symmetric(0.7), 0.3),
                ImAugObjective.official(),
                new ImAugObjective(PairLoss.symmetric(0.05)));
        return objectives.stream()
                .flatMap(objective -> Stream.concat(
                        networks().map(network -> Arguments.of(objective, network, FEW)),
                        Stream.of(Arguments.of(objective, new ResidualMlp(16, 24, 10, 1, Activation.SILU), MANY))));
    }

    /** All activations; as many features out as in, fewer and more; none, one and two hidden layers. */
    private static Stream<ResidualMlp> networks() {
        return Stream.of(Activation.values())
                .flatMap(activation -> Stream.of(
                        new ResidualMlp(16, 8, 16, 0, activation),
                        new ResidualMlp(16, 24, 10, 1, activation),
                        new ResidualMlp(12, 8, 20, 2, activation)));
    }

    /** In doubles, so that differences are exact enough; of many rows, a sample. */
    @ParameterizedTest
    @MethodSource("heads")
    void gradientsAreDifferencesOfLosses(HeadObjective objective, ResidualMlp network, int batch) {
        Map<String, TensorData> parameters = new LinkedHashMap<>();
        network.shapes().asMap().forEach((name, shape) -> parameters.put(name, random(name.hashCode(), 0.3, shape)));
        int rows = objective.blocks() * batch;
        TensorData features = random(7, 1, rows, network.inDim());
        HeadGradient head = new HeadGradient(network, parameters, rows);
        Cosines cosines = new Cosines(rows, network.outDim());
        cosines.measure(head.forward(Matrix.view(features)));
        BatchLoss loss = BatchLoss.of(objective, cosines);
        Map<String, float[]> gradients = gradients(head, cosines.gradient(), parameters);

        ExactHead exact = new ExactHead(network, parameters);
        double[][] x = ExactHead.rows(features);
        assertThat(loss.total()).isCloseTo(exact.loss(objective, x), within(1e-5 * Math.max(1, loss.total())));
        int step = batch == MANY ? 41 : 1;
        gradients.forEach((name, gradient) -> {
            double[] at = exact.parameter(name);
            float[] some = new float[(at.length + step - 1) / step];
            float[] differences = new float[some.length];
            for (int i = 0; i < some.length; i++) {
                double value = at[i * step];
                at[i * step] = value + 1e-5;
                double above = exact.loss(objective, x);
                at[i * step] = value - 1e-5;
                double below = exact.loss(objective, x);
                at[i * step] = value;
                some[i] = gradient[i * step];
                differences[i] = (float) ((above - below) / 2e-5);
            }
            Numbers.assertClose(some, differences, 2e-5);
        });
    }

    private static Map<String, float[]> gradients(
            HeadGradient head, Matrix gradient, Map<String, TensorData> parameters) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> gradients.put(name, new float[(int) parameter.elements()]));
        head.backward(gradient, (name, first, part) -> part.get(gradients.get(name), first, part.remaining()));
        return gradients;
    }

    private static TensorData random(long seed, double scale, long... shape) {
        Random random = new Random(seed);
        float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return TensorData.of("random", values, shape);
    }

    /** Of a residual branch of weight α, which is in P here: the gradient of P's own weights is α times that. */
    @ParameterizedTest
    @MethodSource("goldenGradients")
    void gradientsAreTheReferences(String name, int repeat) {
        SafetensorsFile golden = Golden.tensors("head/tiny_gradients.safetensors");
        JsonNode sizes = Golden.json("head/heads.json").get("tiny_gradients");
        String prefix = name + ".repeat" + repeat + ".";
        float alpha = sizes.get("scale").floatValue();
        ResidualMlp network = new ResidualMlp(
                sizes.get("in_dim").asInt(),
                sizes.get("latent_dim").asInt(),
                sizes.get("out_dim").asInt(),
                repeat,
                name.equals("SiLU") ? Activation.SILU : Activation.LEAKY_RELU);
        Map<String, TensorData> parameters = new LinkedHashMap<>();
        network.shapes().asMap().forEach((parameter, shape) -> {
            float[] values = golden.get(prefix + "weight." + parameter).toFloats();
            scale(values, parameter.equals("projection.weight") ? alpha : 1);
            parameters.put(parameter, TensorData.of(parameter, values, shape));
        });
        TensorData x = golden.get(prefix + "x");
        HeadGradient head = new HeadGradient(network, parameters, (int) x.shape()[0]);

        Matrix y = head.forward(Matrix.view(x));
        float[] output = new float[y.rows() * y.columns()];
        y.values().get(0, output);
        Map<String, float[]> gradients = gradients(head, Matrix.view(golden.get(prefix + "grad_y")), parameters);
        scale(gradients.get("projection.weight"), alpha);

        // fp32 in both, differing in the order of summation only.
        Numbers.assertClose(output, golden.get(prefix + "y").toFloats(), 1e-5);
        assertThat(gradients).hasSize(3 + 2 * repeat);
        gradients.forEach((parameter, gradient) -> Numbers.assertClose(
                gradient, golden.get(prefix + "grad." + parameter).toFloats(), 1e-5));
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    static List<Arguments> goldenGradients() {
        return Golden.present(
                "head/tiny_gradients.safetensors#ACTIVATION.repeatN.x",
                Golden.tensors("head/tiny_gradients.safetensors").names().stream()
                        .map(Pattern.compile("(SiLU|LeakyReLU)[.]repeat(\\d+)[.]x")::matcher)
                        .filter(Matcher::matches)
                        .map(match -> Arguments.of(match.group(1), Integer.valueOf(match.group(2))))
                        .toList());
    }
}
