package dev.clap4j.internal.torch;

import org.bytedeco.pytorch.global.torch;

/**
 * Limits libtorch on the caller's thread, and BLAS, to one thread. Must be closed on the thread that began it. Several
 * may be open at once on different threads: libtorch has a thread count for each thread.
 */
public final class OneThread implements AutoCloseable {
    static {
        TorchLibraries.load();
    }

    private final int before = torch.get_num_threads();
    private final dev.clap4j.internal.blas.OneThread blas = dev.clap4j.internal.blas.OneThread.begin();

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
        blas.close();
    }
}
