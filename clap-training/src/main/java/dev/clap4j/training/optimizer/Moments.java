package dev.clap4j.training.optimizer;

import dev.clap4j.io.TensorData;
import dev.clap4j.torch.NativeScope;
import dev.clap4j.torch.Tensors;
import java.nio.FloatBuffer;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The running means of a parameter's gradients and of their squares.
 *
 * <p>They lie on the Java heap in blocks, in the order in which the parameter lies in memory. A step copies the parameter and its
 * gradient to the heap block by block, where a block stays in the processor's nearest cache until it is written back.
 */
final class Moments {
    private static final int BLOCK = 2048;

    private final float[][] means;
    private final float[][] squares;

    /** All zero. */
    Moments(Tensor parameter) {
        int size = Math.toIntExact(parameter.numel());
        int blocks = (size + BLOCK - 1) / BLOCK;
        this.means = new float[blocks][];
        this.squares = new float[blocks][];
        for (int i = 0; i < blocks; i++) {
            means[i] = new float[Math.min(BLOCK, size - i * BLOCK)];
            squares[i] = new float[means[i].length];
        }
    }

    /** One step of the parameter along its gradient. */
    void step(AdamStep step, Tensor parameter, Tensor gradient) {
        FloatBuffer values = Tensors.memory(parameter);
        FloatBuffer slopes = Tensors.memory(Tensors.laidOutAs(parameter, gradient));
        float[] x = new float[BLOCK];
        float[] g = new float[BLOCK];
        for (int i = 0; i < means.length; i++) {
            int length = means[i].length;
            values.get(i * BLOCK, x, 0, length);
            slopes.get(i * BLOCK, g, 0, length);
            step.apply(x, g, means[i], squares[i]);
            values.put(i * BLOCK, x, 0, length);
        }
    }

    /** A copy of the means, in the parameter's shape. */
    TensorData mean(String name, Tensor parameter) {
        return toData(name, means, parameter);
    }

    /** A copy of the means of squares, in the parameter's shape. */
    TensorData square(String name, Tensor parameter) {
        return toData(name, squares, parameter);
    }

    /** Takes over copies that were made of both. */
    void restore(TensorData mean, TensorData square, Tensor parameter) {
        restore(mean, means, parameter);
        restore(square, squares, parameter);
    }

    private static TensorData toData(String name, float[][] blocks, Tensor parameter) {
        return like(parameter, tensor -> {
            FloatBuffer memory = Tensors.memory(tensor);
            for (float[] block : blocks) {
                memory.put(block);
            }
            return Tensors.toData(name, tensor);
        });
    }

    private static void restore(TensorData from, float[][] blocks, Tensor parameter) {
        like(parameter, tensor -> {
            tensor.copy_(Tensors.asFloats(from));
            FloatBuffer memory = Tensors.memory(tensor);
            for (float[] block : blocks) {
                memory.get(block);
            }
            return null;
        });
    }

    /** Does something with an uninitialised tensor of the parameter's shape and memory layout. */
    private static <R> R like(Tensor parameter, Function<Tensor, R> body) {
        return NativeScope.callWithoutGradients(() -> body.apply(torch.empty_like(parameter.detach())));
    }
}
