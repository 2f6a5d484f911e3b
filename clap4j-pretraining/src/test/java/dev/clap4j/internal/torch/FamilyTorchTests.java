package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Numbers;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.zoo.TinyFamily;
import java.nio.file.Path;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model of every family on libtorch: the features of ONNX Runtime, and gradients as attacks need them. */
class FamilyTorchTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void bothEnginesGiveTheSameFeatures(String name) {
        TinyFamily family = TinyFamily.write(name, folder.resolve("model"));
        try (ClipModel ort = model(family, OrtEngine.create());
                ClipModel torch = model(family, TorchEngine.create())) {
            Numbers.assertClose(
                    PreparedInputs.encodePixels(torch, family.pixels()).values(),
                    PreparedInputs.encodePixels(ort, family.pixels()).values(),
                    1e-4);
            Numbers.assertClose(
                    PreparedInputs.encodeTokens(torch, family.tokens()).values(),
                    PreparedInputs.encodeTokens(ort, family.tokens()).values(),
                    1e-4);
        }
    }

    /** Along the gradient, the loss rises by the gradient's length. */
    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void pixelGradientsAreSlopes(String name) {
        TinyFamily family = TinyFamily.write(name, folder.resolve("model"));
        VisionTower tower = family.checkpoint().architecture().vision();
        TensorData pixels = family.pixels();
        double[] lengthAndSlope = NativeScope.call(() -> {
            TorchOps ops = new TorchOps();
            Weights<Tensor> w = Weights.of(family.checkpoint().weights(), ops).under("visual.");
            Tensor x = ops.constant(pixels).clone().requires_grad_(true);
            loss(tower, ops, w, x).backward();
            Tensor gradient = x.grad();
            double length = Math.sqrt(gradient.mul(gradient).sum().item_float());
            float step = 0.05f;
            Tensor shift = gradient.mul(new Scalar((float) (step / length)));
            float ahead = loss(tower, ops, w, x.detach().add(shift)).item_float();
            float behind = loss(tower, ops, w, x.detach().sub(shift)).item_float();
            return new double[] {length, (ahead - behind) / (2 * step)};
        });
        assertThat(lengthAndSlope[0]).isPositive();
        assertThat(lengthAndSlope[1]).isCloseTo(lengthAndSlope[0], within(0.03 * lengthAndSlope[0]));
    }

    private static Tensor loss(VisionTower tower, TorchOps ops, Weights<Tensor> w, Tensor pixels) {
        Tensor features = tower.forward(ops, w, pixels);
        return features.mul(features).sum();
    }

    private static ClipModel model(TinyFamily family, Engine engine) {
        return ClipModel.of(family.checkpoint(), engine, Overflow.ERROR);
    }
}
