package dev.clap4j.internal.torch;

import org.bytedeco.pytorch.global.torch;

/**
 * Limits libtorch to the caller's thread, whose thread count is its own, so several may be open at once on different
 * threads. BLAS never uses more. Must be closed on the thread that began it.
 */
public final class OneThread implements AutoCloseable {
    static {
        TorchLibraries.load();
    }

    private final int before = torch.get_num_threads();

    private OneThread() {
        torch.set_num_threads(1);
    }

    /** Limits all work of this thread. */
    public static OneThread begin() {
        return new OneThread();
    }

    @Override
    public void close() {
        torch.set_num_threads(before);
    }
}
