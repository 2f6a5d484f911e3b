package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.io.TensorData;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Batch normalisation in training, against numbers worked out by hand. */
class TrainingNormalizationTests {
    /** Two pictures of two channels and one by two pixels. */
    private static final float[] X = {1, 2, 10, 10, 3, 6, 20, 40};

    private static Tensor tensor(float[] values, long... shape) {
        return Tensors.view(TensorData.of("x", values, shape)).clone();
    }

    private static float[] floats(Tensor tensor) {
        return Tensors.toData("y", tensor).toFloats();
    }

    @Test
    void theBatchsStatisticsNormaliseAndMoveTheRunningOnes() {
        NativeScope.run(() -> {
            Tensor mean = tensor(new float[] {0, 5}, 2);
            Tensor variance = tensor(new float[] {1, 2}, 2);
            Tensor y = TorchOps.forTraining()
                    .batchNorm(
                            tensor(X, 2, 2, 1, 2),
                            tensor(new float[] {2, 1}, 2),
                            tensor(new float[] {0, 100}, 2),
                            mean,
                            variance,
                            0);
            // Channel 0 has 1, 2, 3, 6: mean 3, squared deviations 4, 1, 0, 9. Channel 1 has 10, 10, 20, 40: mean 20,
            // squared deviations 100, 100, 0, 400.
            double first = Math.sqrt(14 / 4.0);
            double second = Math.sqrt(600 / 4.0);
            double[] expected = {
                -4 / first, -2 / first, 100 - 10 / second, 100 - 10 / second, 0, 6 / first, 100, 100 + 20 / second
            };
            float[] actual = floats(y);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
            }
            // A tenth of the way to the mean, and to the variance with n - 1.
            assertThat(floats(mean)).usingComparatorWithPrecision(1e-6f).containsExactly(0.3f, 6.5f);
            assertThat(floats(variance))
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(0.9f + 0.1f * 14 / 3, 1.8f + 0.1f * 200);
        });
    }

    @Test
    void outsideTrainingStatisticsStayAsTheyAre() {
        NativeScope.run(() -> {
            Tensor mean = tensor(new float[] {1, 10}, 2);
            Tensor variance = tensor(new float[] {4, 25}, 2);
            Tensor y = new TorchOps()
                    .batchNorm(
                            tensor(X, 2, 2, 1, 2),
                            tensor(new float[] {1, 1}, 2),
                            tensor(new float[] {0, 0}, 2),
                            mean,
                            variance,
                            0);
            assertThat(floats(y)).usingComparatorWithPrecision(1e-6f).containsExactly(0, 0.5f, 0, 0, 1, 2.5f, 2, 6);
            assertThat(floats(mean)).containsExactly(1, 10);
            assertThat(floats(variance)).containsExactly(4, 25);
        });
    }
}
