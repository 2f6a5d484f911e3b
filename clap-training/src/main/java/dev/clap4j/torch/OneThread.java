package dev.clap4j.torch;

import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * A stretch in which every call of libtorch computes on the thread that makes it, as small matrices want: several threads
 * would wait for one another longer than they compute, and the result would depend on how many there are.
 *
 * <p>Threads of one's own that compute at the same time call {@link #begin} too, each for itself.
 */
public final class OneThread implements AutoCloseable {
    private final int torchThreads;
    private final int blasThreads;

    private OneThread(int torchThreads, int blasThreads) {
        this.torchThreads = torchThreads;
        this.blasThreads = blasThreads;
    }

    /** Begins it, on the calling thread. */
    public static OneThread begin() {
        OneThread before = new OneThread(torch.get_num_threads(), openblas.blas_get_num_threads());
        set(1, 1);
        return before;
    }

    private static void set(int torchThreads, int blasThreads) {
        torch.set_num_threads(torchThreads);
        // Its matrix products have threads of their own, which wait in line for one another's callers.
        openblas.blas_set_num_threads(blasThreads);
    }

    /** As many threads as before. */
    @Override
    public void close() {
        set(torchThreads, blasThreads);
    }
}
