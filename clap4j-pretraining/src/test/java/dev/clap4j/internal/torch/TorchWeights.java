package dev.clap4j.internal.torch;

import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Weights;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A source's tensors in libtorch, each created on first use and kept until {@link #close}.
 *
 * <p>They outlive the {@link NativeScope} in which they are created. Safe for use by several threads; {@link #close}
 * frees all tensors at once, so none may be in use by then.
 */
public final class TorchWeights implements Weights<Tensor>, AutoCloseable {
    private final TorchOps ops = new TorchOps();
    private final TensorSource source;
    private final Map<String, Tensor> made = new HashMap<>();
    private boolean closed;

    /**
     * Creates weights that are read on demand.
     *
     * @param source must stay readable until this is closed
     */
    public TorchWeights(TensorSource source) {
        this.source = source;
    }

    @Override
    public synchronized Tensor get(String name) {
        if (closed) {
            throw new IllegalStateException("The weights are closed");
        }
        return made.computeIfAbsent(name, n -> ops.constant(source.get(n)).retainReference());
    }

    @Override
    public synchronized void close() {
        closed = true;
        made.values().forEach(Tensor::releaseReference);
        made.clear();
    }
}
