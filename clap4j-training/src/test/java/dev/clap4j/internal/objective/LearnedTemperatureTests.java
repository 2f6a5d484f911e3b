package dev.clap4j.internal.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.blas.Matrix;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.training.objective.PairLoss;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LearnedTemperatureTests {
    private static final int ROWS = 5;
    private static final int DIM = 7;

    private static float[] random(long seed) {
        Random random = new Random(seed);
        float[] values = new float[ROWS * DIM];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Tensor rows(long seed) {
        return Tensors.view(TensorData.of("x", random(seed), ROWS, DIM)).clone();
    }

    private static double loss(double logScale) {
        return NativeScope.call(
                () -> (double) loss(torch.tensor((float) logScale)).item_float());
    }

    private static Tensor loss(Tensor logScale) {
        return CrossEntropy.bothWays(Cosine.matrix(rows(1), rows(2)).mul(logScale.exp()));
    }

    @Test
    void aGivenTemperatureGivesTheSameLoss() {
        Matrix both = Matrix.zeros(2 * ROWS, DIM);
        both.values().put(0, random(1)).put(ROWS * DIM, random(2));
        Cosines cosines = new Cosines(2 * ROWS, DIM);
        cosines.measure(both);
        double fixed = PairLosses.of(PairLoss.symmetric(0.07), cosines, 0, ROWS, 1);
        assertThat(loss(Math.log(1 / 0.07))).isCloseTo(fixed, within(1e-5));
    }

    @Test
    void theTemperatureHasItsGradient() {
        double at = Math.log(5);
        double gradient = NativeScope.call(() -> {
            Tensor logScale = torch.tensor((float) at).requires_grad_(true);
            loss(logScale).backward();
            return (double) logScale.grad().item_float();
        });
        double h = 1e-2;
        // A central difference is off by h² times a third derivative around 1; losses by 1e-7, divided by 2h.
        assertThat(gradient).isCloseTo((loss(at + h) - loss(at - h)) / (2 * h), within(1e-3));
    }
}
