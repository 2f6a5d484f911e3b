package dev.clap4j.internal.engine;

import dev.clap4j.Precision;
import dev.clap4j.internal.io.TensorSource;
import java.util.List;

/** An engine that runs networks written over {@link dev.clap4j.internal.nn.TensorOps}. */
public interface Engine {
    /**
     * Compiles a network.
     *
     * <p>Inputs whose first extent is -1 are batches, all of as many rows; each row of the output depends only on the
     * same row of the inputs, and may be computed separately.
     *
     * @param network the forward pass
     * @param inputs its inputs
     * @param weights its tensors; they must stay readable until the result is closed
     */
    CompiledNetwork compile(Forward network, List<Input> inputs, TensorSource weights);

    /** Returns what networks compute with. */
    default Precision precision() {
        return Precision.FP32;
    }

    /** Returns the name used on the command line: {@code ort} or {@code torch}. */
    String name();
}
