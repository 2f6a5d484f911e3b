package dev.clap4j.internal.engine;

import dev.clap4j.internal.io.TensorSource;
import java.util.List;

/** Something that runs networks written over {@link dev.clap4j.internal.nn.TensorOps}. */
public interface Engine {
    /**
     * Makes a network ready to run.
     *
     * <p>Inputs whose first extent is -1 are batches, all of as many rows; each row of the output is computed from its
     * own row of them, and may be computed apart from the others.
     *
     * @param network the forward pass
     * @param inputs what it takes
     * @param weights its tensors; they must stay readable until the result is closed
     */
    CompiledNetwork compile(Forward network, List<Input> inputs, TensorSource weights);

    /** How exactly it computes. */
    default Precision precision() {
        return Precision.FP32;
    }

    /** The name the user knows it by: {@code ort} or {@code torch}. */
    String name();
}
