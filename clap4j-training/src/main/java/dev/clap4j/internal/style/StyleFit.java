package dev.clap4j.internal.style;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Trains one style by gradient descent with momentum. Owns native memory until closed. */
final class StyleFit implements AutoCloseable {
    private static final double LEARNING_RATE = 0.002;
    private static final double MOMENTUM = 0.9;

    private final StyleObjective objective;
    private final TensorData earlier;
    private final Tensor style;
    private final Tensor velocity;

    /**
     * Creates a fit before its first step.
     *
     * @param earlier the earlier styles, from which this one should differ
     * @param initial the initial vectors
     */
    StyleFit(StyleObjective objective, List<LearnedStyle> earlier, float[][] initial) {
        this.objective = objective;
        this.earlier =
                matrix("earlier", earlier.stream().map(LearnedStyle::feature).toList(), objective.embedDim());
        TensorData start = matrix("style", List.of(initial), initial[0].length);
        this.style = NativeScope.call(
                () -> Tensors.view(start).clone().requires_grad_(true).retainReference());
        this.velocity = NativeScope.call(() -> torch.zeros_like(style).retainReference());
    }

    private static TensorData matrix(String name, List<float[]> rows, int width) {
        float[] values = new float[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * width, width);
        }
        return TensorData.of(name, values, rows.size(), width);
    }

    /** Makes one step and returns the loss before it. */
    double step() {
        double loss = NativeScope.call(() -> {
            Tensor value = objective.loss(style, Tensors.view(earlier));
            value.backward();
            return (double) value.item_float();
        });
        return NativeScope.callWithoutGradients(() -> {
            velocity.mul_(new Scalar(MOMENTUM)).add_(style.grad());
            style.sub_(velocity.mul(new Scalar(LEARNING_RATE)));
            style.grad().zero_();
            return loss;
        });
    }

    /** Returns the learned style. */
    LearnedStyle style() {
        return NativeScope.callWithoutGradients(() -> {
            TensorData values = Tensors.toData("style", style);
            int width = (int) values.shape()[1];
            float[] flat = values.toFloats();
            float[][] vectors = new float[(int) values.shape()[0]][];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
            }
            return new LearnedStyle(
                    vectors, Tensors.toData("feature", objective.feature(style)).toFloats());
        });
    }

    @Override
    public void close() {
        style.releaseReference();
        velocity.releaseReference();
    }
}
