package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import dev.clap4j.internal.nn.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Features and pixel gradients of the tiny models against the reference's, relative to the largest value. */
class TorchGoldenTests {
    /** fp32 differs from fp64 by 7e-6 at most in the reference; summation order explains the rest. */
    private static final double FEATURES = 1e-4;

    /** Gradients pass the kinks of ReLU, where tiny differences decide. */
    private static final double GRADIENT = 1e-3;

    private static final VisionTransformer VIT =
            new VisionTransformer(32, 8, 128, 2, 2, 512, 64, Activation.QUICK_GELU, 1e-5f);
    private static final ModifiedResNet RESNET = new ModifiedResNet(64, 4, List.of(1, 2, 1, 1), 2, 40);

    @Test
    void visionTransformer() {
        TensorSource weights = open("clip-vit-tiny/openai/model.safetensors");
        TensorSource io = open("clip-vit-tiny/io.safetensors");
        assertImageFeatures(VIT, weights, io.get("image"), io.get("image_features"));
        assertPixelGradient(VIT, weights, io);
    }

    @Test
    void modifiedResNet() {
        TensorSource weights = open("clip-resnet-tiny/openai/model.safetensors");
        TensorSource io = open("clip-resnet-tiny/io.safetensors");
        assertImageFeatures(RESNET, weights, io.get("image"), io.get("image_features"));
        assertPixelGradient(RESNET, weights, io);
    }

    @Test
    void textTransformers() {
        TensorSource vit = open("clip-vit-tiny/io.safetensors");
        assertTextFeatures(
                text(500, 2, 64, Activation.QUICK_GELU),
                open("clip-vit-tiny/openai/model.safetensors"),
                vit.get("tokens"),
                vit.get("text_features"));
        TensorSource resnet = open("clip-resnet-tiny/io.safetensors");
        assertTextFeatures(
                text(300, 1, 40, Activation.QUICK_GELU),
                open("clip-resnet-tiny/openai/model.safetensors"),
                resnet.get("tokens"),
                resnet.get("text_features"));
    }

    @Test
    void halfPrecisionStorageAndExactGelu() {
        TensorSource weights = open("openclip-naming/open_clip_model.safetensors");
        TensorSource io = open("openclip-naming/io.safetensors");
        VisionTransformer gelu = new VisionTransformer(32, 8, 128, 2, 2, 512, 64, Activation.GELU, 1e-5f);
        assertImageFeatures(VIT, weights, io.get("image"), io.get("quickgelu_image_features"));
        assertImageFeatures(gelu, weights, io.get("image"), io.get("gelu_image_features"));
        TextTransformer quick = text(500, 2, 64, Activation.QUICK_GELU);
        assertTextFeatures(quick, weights, io.get("tokens"), io.get("quickgelu_text_features"));
        TextTransformer exact = text(500, 2, 64, Activation.GELU);
        assertTextFeatures(exact, weights, io.get("tokens"), io.get("gelu_text_features"));
    }

    private static TextTransformer text(int vocabulary, int layers, int embedDim, Activation activation) {
        return new TextTransformer(77, vocabulary, 64, layers, 1, 256, embedDim, activation, 1e-5f);
    }

    private static SafetensorsFile open(String golden) {
        return SafetensorsFile.open(Shared.golden(golden));
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
