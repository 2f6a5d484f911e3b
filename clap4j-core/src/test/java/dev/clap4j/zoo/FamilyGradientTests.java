package dev.clap4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.GradientOps;
import dev.clap4j.internal.nn.Tape;
import dev.clap4j.internal.nn.Tape.Value;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model of every family: its gradients by the pixels, as attacks need them. */
class FamilyGradientTests {
    @TempDir
    private Path folder;

    /** The sum of the squared features of all images, and its gradient. */
    private record Loss(VisionTower tower, TensorSource weights) implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> any, List<T> inputs) {
            Tape<T> tape = new Tape<>(ops);
            GradientOps<T> g = new GradientOps<>(tape);
            long side = tower.imageSize();
            Value<T> pixels = tape.variable(inputs.get(0), -1, 3, side, side);
            Value<T> features = tower.forward(g, Weights.of(weights, g).under("visual."), pixels);
            Value<T> squares = g.sum(g.multiply(features, features), 1);
            T gradient = tape.gradients(squares, List.of(pixels)).get(0);
            return ops.concat(1, List.of(squares.tensor(), ops.reshape(gradient, 0, -1)));
        }
    }

    /** Along the gradient, the loss rises by the gradient's length. */
    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void pixelGradientsAreSlopes(String name) {
        TinyFamily family = TinyFamily.write(name, folder.resolve("model"));
        VisionTower tower = family.checkpoint().architecture().vision();
        TensorSource weights = family.checkpoint().weights();
        long side = tower.imageSize();
        Input pixels = new Input("pixels", DataType.F32, -1, 3, side, side);
        TensorData image = family.pixels().rows(0, 1);
        try (CompiledNetwork network =
                OrtEngine.create(1).compile(new Loss(tower, weights), List.of(pixels), weights)) {
            float[] all = network.run(image).toFloats();
            float[] gradient = Arrays.copyOfRange(all, 1, all.length);
            double square = 0;
            for (float slope : gradient) {
                square += (double) slope * slope;
            }
            double length = Math.sqrt(square);
            double step = 0.03;
            double ahead = network.run(moved(image, gradient, step / length)).floatAt(0);
            double behind = network.run(moved(image, gradient, -step / length)).floatAt(0);
            assertThat(length).isPositive();
            assertThat((ahead - behind) / (2 * step)).isCloseTo(length, within(0.03 * length));
        }
    }

    private static TensorData moved(TensorData image, float[] direction, double by) {
        float[] values = image.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (by * direction[i]);
        }
        return TensorData.of("pixels", values, image.shape());
    }
}
