package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Numbers;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.objective.BatchLoss;
import dev.clap4j.internal.objective.Cosine;
import dev.clap4j.internal.objective.Cosines;
import dev.clap4j.internal.objective.CrossEntropy;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.internal.torch.TorchOps;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.HeadObjective;
import dev.clap4j.training.objective.ImAugObjective;
import dev.clap4j.training.objective.PairLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients that are written out, against automatic ones and against differences of losses. */
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

    @ParameterizedTest
    @MethodSource("heads")
    void lossesAndGradientsAreTheAutomaticOnes(HeadObjective objective, ResidualMlp network, int batch) {
        NativeScope.run(() -> {
            Map<String, Tensor> parameters = parameters(network);
            Tensor features = features(objective, network, batch);
            Map<String, float[]> gradients = new LinkedHashMap<>();
            double loss = writtenOut(objective, network, parameters, features, gradients);
            parameters.values().forEach(parameter -> parameter.requires_grad_(true));
            Tensor automatic = automatic(objective, network, parameters, features);
            automatic.backward();
            // fp32 in both, differing in the order of summation only.
            assertThat(loss).isCloseTo(automatic.item_float(), within(1e-5 * Math.max(1, loss)));
            gradients.forEach((name, gradient) -> Numbers.assertClose(
                    gradient, Tensors.toData(name, parameters.get(name).grad()).toFloats(), 1e-5));
        });
    }

    /** Along the gradient the loss grows as fast as the gradient is long; in doubles, so that differences are exact enough. */
    @ParameterizedTest
    @MethodSource("heads")
    void gradientsAreDifferencesOfLosses(HeadObjective objective, ResidualMlp network, int batch) {
        NativeScope.run(() -> {
            Map<String, Tensor> parameters = parameters(network);
            Tensor features = features(objective, network, batch);
            Map<String, float[]> gradients = new LinkedHashMap<>();
            writtenOut(objective, network, parameters, features, gradients);
            Map<String, Tensor> doubles = new LinkedHashMap<>();
            parameters.forEach((name, parameter) -> doubles.put(name, parameter.to(torch.ScalarType.Double)));
            Tensor exact = features.to(torch.ScalarType.Double);
            gradients.forEach((name, gradient) -> {
                Tensor at = doubles.get(name);
                Tensor slope = Tensors.view(TensorData.of(name, gradient, Tensors.shape(at)))
                        .to(torch.ScalarType.Double);
                double length = slope.norm().item_double();
                Tensor move = slope.div(new Scalar(length)).mul(new Scalar(1e-4));
                doubles.put(name, at.add(move));
                double above = automatic(objective, network, doubles, exact).item_double();
                doubles.put(name, at.sub(move));
                double below = automatic(objective, network, doubles, exact).item_double();
                doubles.put(name, at);
                assertThat((above - below) / 2e-4).as(name).isCloseTo(length, within(1e-4 * length));
            });
        });
    }

    private static double writtenOut(
            HeadObjective objective,
            ResidualMlp network,
            Map<String, Tensor> parameters,
            Tensor features,
            Map<String, float[]> gradients) {
        try (HeadGradient head = new HeadGradient(network, parameters)) {
            HeadGradient.Pass pass = head.forward(features);
            Cosines cosines = Cosines.of(pass.output());
            BatchLoss loss = BatchLoss.of(objective, cosines);
            parameters.forEach((name, parameter) -> gradients.put(name, new float[(int) parameter.numel()]));
            head.backward(
                    pass,
                    cosines.gradient(pass.output()),
                    (name, first, part) -> part.get(gradients.get(name), first, part.remaining()));
            return loss.total();
        }
    }

    private static Map<String, Tensor> parameters(ResidualMlp network) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        network.shapes().asMap().forEach((name, shape) -> parameters.put(name, random(name.hashCode(), 0.3, shape)));
        return parameters;
    }

    private static Tensor features(HeadObjective objective, ResidualMlp network, int batch) {
        return random(7, 1, (long) objective.blocks() * batch, network.inDim());
    }

    private static Tensor random(long seed, double scale, long... shape) {
        Random random = new Random(seed);
        float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return Tensors.view(TensorData.of("random", values, shape)).clone();
    }

    private static Tensor automatic(
            HeadObjective objective, ResidualMlp network, Map<String, Tensor> parameters, Tensor features) {
        Tensor rows = network.forward(new TorchOps(), parameters::get, features, torch.ones(1));
        return switch (objective.name()) {
            case ClapObjective.NAME -> {
                ClapObjective clap = (ClapObjective) objective;
                long n = rows.size(0) / 3;
                Tensor content = automatic(clap.content(), rows.narrow(0, n, 2 * n));
                yield automatic(clap.text(), rows.narrow(0, 0, 2 * n))
                        .add(content.mul(new Scalar(clap.contentWeight())));
            }
            case ImAugObjective.NAME -> automatic(((ImAugObjective) objective).images(), rows);
            default -> throw new AssertionError(objective);
        };
    }

    private static Tensor automatic(PairLoss loss, Tensor rows) {
        long n = rows.size(0) / 2;
        Tensor x = rows.narrow(0, 0, n);
        Tensor y = rows.narrow(0, n, n);
        if (loss.form() == PairLoss.Form.NT_XENT) {
            // The rows as they are against all rows, these in an order that has each row's partner on the diagonal.
            Tensor swapped = torch.cat(new TensorVector(y, x), 0);
            Tensor logits = Cosine.matrix(rows, swapped).div(new Scalar(loss.temperature()));
            Tensor self = torch.cat(
                    new TensorVector(
                            torch.eye(2 * n).narrow(0, n, n), torch.eye(2 * n).narrow(0, 0, n)),
                    0);
            return CrossEntropy.ofRows(
                    logits.masked_fill(self.to(torch.ScalarType.Bool), new Scalar(Double.NEGATIVE_INFINITY)));
        }
        Tensor logits = Cosine.matrix(x, y).div(new Scalar(loss.temperature()));
        return loss.form() == PairLoss.Form.INFO_NCE ? CrossEntropy.ofRows(logits) : CrossEntropy.bothWays(logits);
    }
}
