package dev.clap4j.internal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A transformer without blocks, computed again in 64 bits: what is left is the embedding of patches, and the pooling. */
class PoolingTests {
    private static final int WIDTH = 4;
    private static final int PATCH = 2;
    private static final int DIM = 3;
    private static final int TOKENS = 5;
    private static final float EPSILON = 1e-5f;

    private final Random random = new Random(3);
    private final Map<String, TensorData> weights = new HashMap<>();
    private final float[] pixels = numbers(3 * 4 * 4);

    @ParameterizedTest
    @EnumSource(
            value = Pooling.class,
            names = {"CLASS_TOKEN", "PATCH_MEAN", "PATCH_MEAN_THEN_NORM"})
    void featuresAreThoseOfTheFormula(Pooling pooling) {
        VisionTransformer network =
                new VisionTransformer(4, PATCH, WIDTH, 0, 1, 16, DIM, Activation.GELU, EPSILON, pooling);
        network.shapes()
                .asMap()
                .forEach((name, shape) -> weights.put(
                        name,
                        TensorData.of(name, numbers((int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)), shape)));
        double[][] tokens = tokens();
        double[] pooled = new double[WIDTH];
        if (pooling == Pooling.CLASS_TOKEN) {
            pooled = normalised(tokens[0], "ln_post");
        } else {
            for (int token = 1; token < TOKENS; token++) {
                double[] patch = pooling == Pooling.PATCH_MEAN ? normalised(tokens[token], "ln_post") : tokens[token];
                for (int i = 0; i < WIDTH; i++) {
                    pooled[i] += patch[i] / (TOKENS - 1);
                }
            }
            pooled = pooling == Pooling.PATCH_MEAN ? pooled : normalised(pooled, "ln_post");
        }
        float[] features = run(network);
        for (int d = 0; d < DIM; d++) {
            double expected = 0;
            for (int i = 0; i < WIDTH; i++) {
                expected += pooled[i] * weight("proj", i * DIM + d);
            }
            assertThat((double) features[d]).isCloseTo(expected, within(1e-4));
        }
    }

    private double[][] tokens() {
        double[][] tokens = new double[TOKENS][WIDTH];
        for (int token = 0; token < TOKENS; token++) {
            for (int i = 0; i < WIDTH; i++) {
                tokens[token][i] = weight("positional_embedding", token * WIDTH + i)
                        + (token == 0 ? weight("class_embedding", i) : patch(token - 1, i));
            }
            tokens[token] = normalised(tokens[token], "ln_pre");
        }
        return tokens;
    }

    private double patch(int number, int channel) {
        double sum = 0;
        for (int colour = 0; colour < 3; colour++) {
            for (int y = 0; y < PATCH; y++) {
                for (int x = 0; x < PATCH; x++) {
                    double pixel = pixels[colour * 16 + (number / 2 * PATCH + y) * 4 + number % 2 * PATCH + x];
                    sum += pixel * weight("conv1.weight", ((channel * 3 + colour) * PATCH + y) * PATCH + x);
                }
            }
        }
        return sum;
    }

    private double[] normalised(double[] x, String norm) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + EPSILON) * weight(norm + ".weight", i)
                    + weight(norm + ".bias", i);
        }
        return y;
    }

    private double weight(String name, int place) {
        return weights.get(name).floatAt(place);
    }

    private float[] run(VisionTransformer network) {
        TensorSource source = new TensorSource() {
            @Override
            public Set<String> names() {
                return weights.keySet();
            }

            @Override
            public TensorData get(String name) {
                return weights.get(name);
            }
        };
        Input input = new Input("pixels", DataType.F32, -1, 3, 4, 4);
        try (CompiledNetwork compiled =
                OrtEngine.create(1).compile(new Network(network)::forward, List.of(input), source)) {
            return compiled.run(TensorData.of("pixels", pixels, 1, 3, 4, 4)).toFloats();
        }
    }

    private record Network(VisionTransformer network) {
        <T> T forward(TensorOps<T> ops, Weights<T> w, List<T> inputs) {
            return network.forward(ops, w, inputs.get(0));
        }
    }

    private float[] numbers(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
