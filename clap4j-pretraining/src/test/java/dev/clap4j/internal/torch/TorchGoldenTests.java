package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Golden;
import dev.clap4j.GoldenModel;
import dev.clap4j.Numbers;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Features and pixel gradients of the tiny models against the reference's, relative to the largest value. */
class TorchGoldenTests {
    /** fp32 differs from fp64 by 7e-6 at most in the reference; summation order explains the rest. */
    private static final double FEATURES = 1e-4;

    /** Gradients pass the kinks of ReLU, where tiny differences decide. */
    private static final double GRADIENT = 1e-3;

    @ParameterizedTest
    @MethodSource("dev.clap4j.GoldenModel#all")
    void featuresAndPixelGradient(GoldenModel model) {
        Checkpoint checkpoint = Checkpoint.open(model.weights());
        TensorSource io = model.io();
        VisionTower tower = checkpoint.architecture().vision();
        assertImageFeatures(tower, checkpoint.weights(), io.get("image"), io.get("image_features"));
        assertPixelGradient(tower, checkpoint.weights(), io);
        assertTextFeatures(
                (TextTransformer) checkpoint.architecture().text(),
                checkpoint.weights(),
                io.get("tokens"),
                io.get("text_features"));
    }

    @ParameterizedTest
    @CsvSource({"true,quickgelu_", "false,gelu_"})
    void halfPrecisionStorageAndBothActivations(boolean quick, String prefix, @TempDir Path folder) throws IOException {
        Path golden = Golden.file("openclip-naming");
        ObjectNode config = (ObjectNode) Golden.json("openclip-naming/open_clip_config.json");
        config.withObject("/model_cfg").put("quick_gelu", quick);
        Files.copy(golden.resolve("open_clip_model.safetensors"), folder.resolve("open_clip_model.safetensors"));
        Files.writeString(folder.resolve("open_clip_config.json"), config.toString());
        Checkpoint checkpoint = Checkpoint.open(folder);
        TensorSource io = Golden.tensors("openclip-naming/io.safetensors");
        assertImageFeatures(
                checkpoint.architecture().vision(),
                checkpoint.weights(),
                io.get("image"),
                io.get(prefix + "image_features"));
        assertTextFeatures(
                (TextTransformer) checkpoint.architecture().text(),
                checkpoint.weights(),
                io.get("tokens"),
                io.get(prefix + "text_features"));
    }

    private static void assertImageFeatures(
            VisionTower tower, TensorSource weights, TensorData image, TensorData expected) {
        Forward network = new Forward() {
            @Override
            public <T> T apply(TensorOps<T> ops, Weights<T> w, List<T> inputs) {
                return tower.forward(ops, w.under("visual."), inputs.get(0));
            }
        };
        long side = tower.imageSize();
        List<Input> inputs = List.of(new Input("pixels", DataType.F32, -1, 3, side, side));
        try (CompiledNetwork compiled = TorchEngine.create().compile(network, inputs, weights)) {
            assertClose(compiled.run(image), expected, FEATURES);
        }
    }

    private static void assertTextFeatures(
            TextTransformer text, TensorSource weights, TensorData tokens, TensorData expected) {
        Forward network = new Forward() {
            @Override
            public <T> T apply(TensorOps<T> ops, Weights<T> w, List<T> inputs) {
                return text.forward(ops, w, inputs.get(0), inputs.get(1));
            }
        };
        int rows = (int) tokens.shape()[0];
        int length = (int) tokens.shape()[1];
        float[] table = weights.get("token_embedding.weight").toFloats();
        float[] embedded = new float[rows * length * text.width()];
        long[] ids = tokens.toLongs();
        long[] end = new long[rows];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table, (int) ids[i] * text.width(), embedded, i * text.width(), text.width());
            int row = i / length;
            end[row] = ids[i] > ids[row * length + (int) end[row]] ? i % length : end[row];
        }
        List<Input> inputs =
                List.of(new Input("embedded", DataType.F32, -1, -1, text.width()), new Input("end", DataType.I64, -1));
        try (CompiledNetwork compiled = TorchEngine.create().compile(network, inputs, weights)) {
            TensorData features = compiled.run(
                    TensorData.of("embedded", embedded, rows, length, text.width()), TensorData.of("end", end, rows));
            assertClose(features, expected, FEATURES);
        }
    }

    /** The gradient of the summed cosines between the image features and a target. */
    private static void assertPixelGradient(VisionTower tower, TensorSource weights, TensorSource io) {
        TensorData gradient = NativeScope.call(() -> {
            TorchOps ops = new TorchOps();
            Tensor pixels = ops.constant(io.get("image")).clone().requires_grad_(true);
            Tensor target = ops.constant(io.get("target")).reshape(1, -1);
            Tensor features = tower.forward(ops, Weights.of(weights, ops).under("visual."), pixels);
            Tensor loss = torch.cosine_similarity(features, target, 1, 1e-8).sum();
            assertThat(loss.item_float()).isCloseTo(io.get("loss").toFloats()[0], offset(1e-4f));
            loss.backward();
            return Tensors.toData("gradient", pixels.grad());
        });
        assertClose(gradient, io.get("grad_image"), GRADIENT);
    }

    private static void assertClose(TensorData actual, TensorData expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        Numbers.assertClose(actual.toFloats(), expected.toFloats(), tolerance);
    }
}
