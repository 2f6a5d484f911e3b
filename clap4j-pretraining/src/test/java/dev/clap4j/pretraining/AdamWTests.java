package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamWTests {
    private static final AdamW.Constants CLIP = new AdamW.Constants(0.9, 0.98, 1e-6, 0.1);
    private static final AdamW.Constants PLAIN = new AdamW.Constants(0.9, 0.999, 1e-8, 0);
    private static final Map<String, long[]> SHAPES = shapes();

    private final Map<String, Tensor> parameters = new LinkedHashMap<>();

    private static Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("kernel", new long[] {2, 3, 2, 2});
        shapes.put("matrix", new long[] {3, 4});
        shapes.put("bias", new long[] {4});
        shapes.put("scale", new long[] {});
        return shapes;
    }

    /** AdamW as Loshchilov and Hutter 2019, algorithm 2, has it, in doubles. */
    private static final class Reference {
        final Map<String, double[]> values = new LinkedHashMap<>();
        private final Map<String, double[]> means = new LinkedHashMap<>();
        private final Map<String, double[]> squares = new LinkedHashMap<>();
        private int steps;

        Reference(Map<String, float[]> initial) {
            initial.forEach((name, start) -> {
                double[] copy = new double[start.length];
                for (int i = 0; i < copy.length; i++) {
                    copy[i] = start[i];
                }
                values.put(name, copy);
                means.put(name, new double[start.length]);
                squares.put(name, new double[start.length]);
            });
        }

        void step(Map<String, float[]> gradients, double learningRate, AdamW.Constants c) {
            steps++;
            gradients.forEach((name, gradient) -> {
                double[] x = values.get(name);
                double[] m = means.get(name);
                double[] v = squares.get(name);
                double decay = SHAPES.get(name).length > 1 ? c.weightDecay() : 0;
                for (int i = 0; i < x.length; i++) {
                    m[i] = c.beta1() * m[i] + (1 - c.beta1()) * gradient[i];
                    v[i] = c.beta2() * v[i] + (1 - c.beta2()) * gradient[i] * gradient[i];
                    double mean = m[i] / (1 - Math.pow(c.beta1(), steps));
                    double square = v[i] / (1 - Math.pow(c.beta2(), steps));
                    x[i] -= learningRate * (mean / (Math.sqrt(square) + c.epsilon()) + decay * x[i]);
                }
            });
        }
    }

    private static Map<String, float[]> random(Random random, double scale) {
        Map<String, float[]> values = new LinkedHashMap<>();
        SHAPES.forEach((name, shape) -> {
            float[] drawn = new float[size(shape)];
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = (float) (scale * random.nextGaussian());
            }
            values.put(name, drawn);
        });
        return values;
    }

    private static int size(long[] shape) {
        int size = 1;
        for (long extent : shape) {
            size *= (int) extent;
        }
        return size;
    }

    private void begin(Map<String, float[]> initial) {
        NativeScope.run(() -> initial.forEach((name, values) -> parameters.put(
                name,
                Tensors.view(TensorData.of(name, values, SHAPES.get(name)))
                        .clone()
                        .requires_grad_(true)
                        .retainReference())));
    }

    @AfterEach
    void free() {
        parameters.values().forEach(Tensor::releaseReference);
    }

    /** The gradient of the sum of products with constants is these constants. */
    private void setGradients(Map<String, float[]> gradients) {
        NativeScope.run(() -> gradients.forEach((name, values) -> parameters
                .get(name)
                .mul(Tensors.view(TensorData.of(name, values, SHAPES.get(name))).clone())
                .sum()
                .backward()));
    }

    private Map<String, float[]> values() {
        Map<String, float[]> values = new LinkedHashMap<>();
        NativeScope.run(() -> parameters.forEach(
                (name, tensor) -> values.put(name, Tensors.toData(name, tensor).toFloats())));
        return values;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stepsAreThoseOfTheAlgorithm(boolean decays) {
        AdamW.Constants constants = decays ? CLIP : PLAIN;
        Random random = new Random(5);
        Map<String, float[]> initial = random(random, 1);
        begin(initial);
        Reference reference = new Reference(initial);
        try (AdamW adam = new AdamW(parameters, constants)) {
            for (int step = 0; step < 30; step++) {
                Map<String, float[]> gradients = random(random, Math.pow(10, step % 5 - 3));
                double learningRate = 0.05 / (step + 1);
                setGradients(gradients);
                adam.step(learningRate);
                reference.step(gradients, learningRate, constants);
            }
            assertThat(adam.steps()).isEqualTo(30);
        }
        // Some ten roundings of 2^-24 in each of 30 steps, on values around 1.
        values().forEach((name, actual) -> {
            for (int i = 0; i < actual.length; i++) {
                assertThat((double) actual[i])
                        .as(name)
                        .isCloseTo(reference.values.get(name)[i], within(1e-5));
            }
        });
    }

    @Test
    void onlyMatricesDecay() {
        Map<String, float[]> initial = random(new Random(1), 1);
        begin(initial);
        Map<String, float[]> none = random(new Random(1), 0);
        try (AdamW adam = new AdamW(parameters, CLIP)) {
            setGradients(none);
            adam.step(0.5);
        }
        Map<String, float[]> after = values();
        assertThat(after.get("bias")).containsExactly(initial.get("bias"));
        assertThat(after.get("scale")).containsExactly(initial.get("scale"));
        for (String name : List.of("kernel", "matrix")) {
            for (int i = 0; i < after.get(name).length; i++) {
                assertThat(after.get(name)[i]).isCloseTo((float) (initial.get(name)[i] * 0.95), within(1e-6f));
            }
        }
    }

    @Test
    void longGradientsAreCutTogether() {
        Map<String, float[]> gradients = random(new Random(3), 1);
        double norm = Math.sqrt(gradients.values().stream()
                .flatMapToDouble(
                        values -> IntStream.range(0, values.length).mapToDouble(i -> (double) values[i] * values[i]))
                .sum());
        begin(random(new Random(4), 1));
        try (AdamW adam = new AdamW(parameters, CLIP)) {
            setGradients(gradients);
            assertThat(adam.clipGradients(norm / 4)).isCloseTo(norm, within(1e-5 * norm));
            NativeScope.run(() -> gradients.forEach((name, values) -> {
                float[] cut = Tensors.toData(name, parameters.get(name).grad()).toFloats();
                for (int i = 0; i < cut.length; i++) {
                    assertThat(cut[i]).isCloseTo(values[i] / 4, within(1e-6f));
                }
            }));
            assertThat(adam.clipGradients(norm)).isCloseTo(norm / 4, within(1e-5 * norm));
        }
    }

    @Test
    void restoredItGoesOnAsIfItHadNeverStopped() {
        Random random = new Random(9);
        begin(random(random, 1));
        List<Map<String, float[]>> gradients =
                List.of(random(random, 1), random(random, 1), random(random, 1), random(random, 1));
        Map<String, float[]> half;
        List<TensorData> state;
        Map<String, float[]> whole;
        try (AdamW adam = new AdamW(parameters, CLIP)) {
            step(adam, gradients.get(0));
            step(adam, gradients.get(1));
            half = values();
            state = adam.state();
            step(adam, gradients.get(2));
            step(adam, gradients.get(3));
            whole = values();
        }
        free();
        begin(half);
        try (AdamW adam = new AdamW(parameters, CLIP)) {
            adam.restore(source(state), 2);
            step(adam, gradients.get(2));
            step(adam, gradients.get(3));
        }
        values().forEach((name, actual) -> assertThat(actual).containsExactly(whole.get(name)));
    }

    private void step(AdamW adam, Map<String, float[]> gradients) {
        setGradients(gradients);
        adam.step(0.1);
    }

    private static TensorSource source(List<TensorData> tensors) {
        Map<String, TensorData> byName = tensors.stream().collect(Collectors.toMap(TensorData::name, t -> t));
        return new TensorSource() {
            @Override
            public Set<String> names() {
                return byName.keySet();
            }

            @Override
            public TensorData get(String name) {
                return byName.get(name);
            }
        };
    }
}
