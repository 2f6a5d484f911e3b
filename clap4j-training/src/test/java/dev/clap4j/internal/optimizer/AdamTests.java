package dev.clap4j.internal.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdamTests {
    /** The length of the parts in which gradients come, and a matrix that is no multiple of it. */
    private static final int PART = 2500;

    private static final Map<String, long[]> SHAPES = Map.of("matrix", new long[] {50, 101}, "bias", new long[] {4});

    private final Map<String, TensorData> parameters = new LinkedHashMap<>();

    private static float[] random(Random random, long[] shape, double scale) {
        float[] values = new float[(int) (shape[0] * (shape.length > 1 ? shape[1] : 1))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    private void begin(Random random) {
        SHAPES.forEach((name, shape) -> parameters.put(name, TensorData.of(name, random(random, shape, 1), shape)));
    }

    /** In parts, the last of them the smallest. */
    private static void step(Adam adam, double learningRate, Map<String, float[]> gradients) {
        adam.begin(learningRate);
        gradients.forEach((name, values) -> {
            for (int first = 0; first < values.length; first += PART) {
                int count = Math.min(PART, values.length - first);
                adam.update(name, first, FloatBuffer.wrap(values, first, count));
            }
        });
    }

    private static Map<String, float[]> gradients(Random random, int step) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        SHAPES.forEach((name, shape) -> gradients.put(name, random(random, shape, Math.pow(10, step % 5 - 3))));
        return gradients;
    }

    private float[] values(String name) {
        return parameters.get(name).toFloats();
    }

    /** Algorithm 1 of Kingma and Ba, in doubles. */
    @Test
    void stepsAreThoseOfTheAlgorithm() {
        Random random = new Random(5);
        begin(random);
        Map<String, double[][]> reference = new LinkedHashMap<>();
        SHAPES.keySet().forEach(name -> {
            float[] start = values(name);
            double[][] xmv = new double[3][start.length];
            for (int i = 0; i < start.length; i++) {
                xmv[0][i] = start[i];
            }
            reference.put(name, xmv);
        });
        Adam adam = new Adam(parameters);
        for (int t = 1; t <= 30; t++) {
            Map<String, float[]> gradients = gradients(random, t);
            step(adam, 0.05 / t, gradients);
            for (Map.Entry<String, double[][]> entry : reference.entrySet()) {
                float[] g = gradients.get(entry.getKey());
                double[][] xmv = entry.getValue();
                for (int i = 0; i < g.length; i++) {
                    xmv[1][i] = 0.9 * xmv[1][i] + 0.1 * g[i];
                    xmv[2][i] = 0.999 * xmv[2][i] + 0.001 * g[i] * g[i];
                    double mean = xmv[1][i] / (1 - Math.pow(0.9, t));
                    double square = xmv[2][i] / (1 - Math.pow(0.999, t));
                    xmv[0][i] -= 0.05 / t * mean / (Math.sqrt(square) + 1e-8);
                }
            }
        }
        // Some ten roundings of 2^-24 in each of 30 steps, on values around 1.
        reference.forEach((name, xmv) -> {
            float[] actual = values(name);
            for (int i = 0; i < actual.length; i++) {
                assertThat((double) actual[i]).as(name).isCloseTo(xmv[0][i], within(1e-5));
            }
        });
    }

    @Test
    void restoredItGoesOnAsIfItHadNeverStopped() {
        Random random = new Random(9);
        begin(random);
        Adam adam = new Adam(parameters);
        for (int t = 1; t <= 3; t++) {
            step(adam, 0.1, gradients(random, t));
        }
        List<TensorData> state = adam.state();
        Map<String, float[]> then = new LinkedHashMap<>();
        SHAPES.keySet().forEach(name -> then.put(name, values(name)));
        Map<String, float[]> gradients = gradients(random, 4);
        step(adam, 0.1, gradients);
        Map<String, float[]> after = new LinkedHashMap<>();
        SHAPES.keySet().forEach(name -> after.put(name, values(name)));

        then.forEach(
                (name, values) -> parameters.get(name).bytes().asFloatBuffer().put(values));
        Adam restored = new Adam(parameters);
        restored.restore(source(state), 3);
        step(restored, 0.1, gradients);

        after.forEach((name, values) -> assertThat(values(name)).isEqualTo(values));
    }

    private static TensorSource source(List<TensorData> state) {
        return new TensorSource() {
            @Override
            public Set<String> names() {
                return Set.of();
            }

            @Override
            public TensorData get(String name) {
                return state.stream()
                        .filter(tensor -> tensor.name().equals(name))
                        .findFirst()
                        .orElseThrow();
            }
        };
    }
}
