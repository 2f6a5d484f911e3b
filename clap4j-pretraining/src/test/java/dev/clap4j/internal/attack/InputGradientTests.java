package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.GoldenModel;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.GradientOps;
import dev.clap4j.internal.nn.Tape;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.OneThread;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.internal.torch.TorchOps;
import dev.clap4j.internal.torch.TorchWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients by the pixels, in 32-bit floats as attacks take them, against central differences of the same networks in 64-bit
 * floats, which know nothing of automatic differentiation.
 */
class InputGradientTests {
    /** So small that hardly any ReLU changes side between the two points; at 1e-5 some do. */
    private static final double DISTANCE = 1e-7;

    /** Of the largest gradient; 1e-5 is what 32-bit rounding was seen to make. */
    private static final double TOLERANCE = 1e-4;

    private OneThread thread;

    @BeforeEach
    void begin() {
        thread = OneThread.begin();
    }

    @AfterEach
    void end() {
        thread.close();
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.GoldenModel#all")
    void areTheCentralDifferences(GoldenModel model) {
        Checkpoint checkpoint = Checkpoint.open(model.weights());
        SafetensorsFile io = model.io();
        VisionTower tower = checkpoint.architecture().vision();
        Random random = new Random(5);
        try (TorchWeights weights = new TorchWeights(checkpoint.weights())) {
            NativeScope.run(() -> {
                Tensor image = Tensors.asFloats(io.get("image")).narrow(0, 0, 1);
                Tensor target = Tensors.asFloats(io.get("target")).reshape(1, -1);

                Tensor gradient = Tensors.view(gradient(checkpoint, Tensors.toData("image", image), io.get("target")))
                        .to(ScalarType.Double);
                double largest = gradient.abs().max().item_double();

                Weights<Tensor> precise = doubles(weights);
                Tensor at = image.to(ScalarType.Double);
                Tensor goal = target.to(ScalarType.Double);
                ToDoubleFunction<Tensor> loss = x -> NativeScope.callWithoutGradients(
                        () -> loss(tower, precise, x, goal).item_double());
                for (int i = 0; i < 24; i++) {
                    Tensor pixel = torch.zeros_like(at);
                    pixel.view(-1).select(0, random.nextInt((int) at.numel())).fill_(new Scalar(1.0));
                    assertSlope(loss, at, pixel, gradient, largest);
                }
                for (int i = 0; i < 8; i++) {
                    Tensor everywhere = signs(at, random);
                    double norm = Math.sqrt((double) at.numel());
                    assertSlope(loss, at, everywhere, gradient, largest * norm);
                }
            });
        }
    }

    /** The cosine of the features and a target, as a graph with its gradient. */
    private record Slope(VisionTower tower, TensorSource weights, TensorData target) implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> any, List<T> inputs) {
            Tape<T> tape = new Tape<>(ops);
            GradientOps<T> g = new GradientOps<>(tape);
            long side = tower.imageSize();
            Tape.Value<T> pixels = tape.variable(inputs.get(0), -1, 3, side, side);
            var features = tower.forward(g, Weights.of(weights, g).under("visual."), pixels);
            Scorer one = Scorer.zeroShot(new FeatureMatrix(List.of("target"), tower.embedDim(), target.toFloats()));
            var classes = g.constant(one.inputs()[0]);
            var cosine = Scorer.scores(g, features, classes, g.constant(one.inputs()[1]), true);
            return tape.gradients(cosine, List.of(pixels)).get(0);
        }
    }

    private static TensorData gradient(Checkpoint checkpoint, TensorData image, TensorData target) {
        Slope slope = new Slope(checkpoint.architecture().vision(), checkpoint.weights(), target);
        long side = slope.tower.imageSize();
        Input pixels = new Input("pixels", DataType.F32, -1, 3, side, side);
        try (CompiledNetwork network = OrtEngine.create(1).compile(slope, List.of(pixels), checkpoint.weights())) {
            return network.run(image);
        }
    }

    private static Tensor loss(VisionTower tower, Weights<Tensor> weights, Tensor pixels, Tensor target) {
        Tensor features = tower.forward(new TorchOps(), weights.under("visual."), pixels);
        return torch.cosine_similarity(features, target, 1, 1e-8).sum();
    }

    /** The slope of the loss along a direction: by two values of the loss, and by the gradient. */
    private static void assertSlope(
            ToDoubleFunction<Tensor> loss, Tensor at, Tensor direction, Tensor gradient, double scale) {
        Tensor step = direction.mul(new Scalar(DISTANCE));
        double difference = (loss.applyAsDouble(at.add(step)) - loss.applyAsDouble(at.sub(step))) / (2 * DISTANCE);
        double product = gradient.mul(direction).sum().item_double();
        assertThat(product).isCloseTo(difference, within(TOLERANCE * scale));
    }

    private static Tensor signs(Tensor like, Random random) {
        float[] signs = new float[(int) like.numel()];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = random.nextBoolean() ? 1 : -1;
        }
        return torch.tensor(signs).to(ScalarType.Double).view_as(like);
    }

    private static Weights<Tensor> doubles(Weights<Tensor> weights) {
        Map<String, Tensor> made = new HashMap<>();
        return name -> made.computeIfAbsent(
                name, n -> weights.get(n).to(ScalarType.Double).retainReference());
    }
}
