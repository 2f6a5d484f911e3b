package dev.clap4j.internal.objective;

import dev.clap4j.internal.torch.Tensors;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Computes {@code e^x} of many values. */
final class Exponentials {
    /** The number of values from which libtorch's vector instructions outweigh the cost of copying. */
    private static final int MANY = 2048;

    private Exponentials() {}

    /** Replaces each value by its exponential. */
    static void replace(float[] x) {
        if (x.length < MANY) {
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.exp(x[i]);
            }
            return;
        }
        Tensor tensor = torch.empty(x.length);
        FloatBuffer memory = Tensors.memory(tensor);
        memory.put(x);
        tensor.exp_();
        memory.rewind().get(x);
    }
}
