package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ContrastiveLossTests {
    private static final int ROWS = 5;
    private static final int DIM = 7;
    private static final float[] IMAGES = random(1);
    private static final float[] TEXTS = random(2);

    private static float[] random(long seed) {
        Random random = new Random(seed);
        float[] values = new float[ROWS * DIM];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Tensor rows(float[] values) {
        return Tensors.view(TensorData.of("x", values, ROWS, DIM));
    }

    private static double loss(double logScale) {
        return NativeScope.call(
                () -> (double) loss(torch.tensor((float) logScale)).item_float());
    }

    private static Tensor loss(Tensor logScale) {
        return ContrastiveLoss.of(rows(IMAGES), rows(TEXTS), logScale);
    }

    /** The same loss in doubles, number by number. */
    private static double expected(double scale) {
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            double texts = 0;
            double images = 0;
            for (int other = 0; other < ROWS; other++) {
                texts += Math.exp(scale * cosine(row, other));
                images += Math.exp(scale * cosine(other, row));
            }
            sum += Math.log(texts) + Math.log(images) - 2 * scale * cosine(row, row);
        }
        return sum / (2 * ROWS);
    }

    private static double cosine(int image, int text) {
        double product = 0;
        double imageSquare = 0;
        double textSquare = 0;
        for (int i = 0; i < DIM; i++) {
            double x = IMAGES[image * DIM + i];
            double y = TEXTS[text * DIM + i];
            product += x * y;
            imageSquare += x * x;
            textSquare += y * y;
        }
        return product / Math.sqrt(imageSquare * textSquare);
    }

    @Test
    void isTheMeanCrossEntropyOfBothDirections() {
        // Logits of 14 have roundings of 1e-6.
        assertThat(loss(Math.log(1 / 0.07))).isCloseTo(expected(1 / 0.07), within(1e-5));
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
