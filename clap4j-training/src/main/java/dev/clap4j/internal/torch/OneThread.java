package dev.clap4j.internal.torch;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Limits libtorch and its BLAS to the caller's thread. For small matrices their threads spend more time on
 * synchronisation than on arithmetic, especially on a busy machine, and the last bits would depend on the number of
 * threads.
 *
 * <p>Must be closed on the thread that began it. Several may be open at once on different threads: libtorch has a
 * thread count for each thread, while BLAS has a global one, which is restored when the last is closed.
 */
public final class OneThread implements AutoCloseable {
    static {
        Blas.choose();
    }

    private static int open;
    private static int keepingProducts;
    private static int blasBefore;

    private final int torchBefore;
    private final boolean keepsProducts;
    private boolean closed;

    private OneThread(int torchBefore, boolean keepsProducts) {
        this.torchBefore = torchBefore;
        this.keepsProducts = keepsProducts;
    }

    /** Limits all work of this thread. */
    public static OneThread begin() {
        return begin(true);
    }

    /**
     * Limits all work of this thread except {@link Products} with many rows, which use all processors unless another
     * thread has called {@link #begin}.
     */
    public static OneThread beginExceptForProducts() {
        return begin(false);
    }

    private static OneThread begin(boolean keepsProducts) {
        synchronized (OneThread.class) {
            // Loads libtorch and its BLAS before the BLAS is used.
            int before = torch.get_num_threads();
            torch.set_num_threads(1);
            if (open++ == 0) {
                blasBefore = openblas_nolapack.blas_get_num_threads();
                setBlas(1);
            }
            keepingProducts += keepsProducts ? 1 : 0;
            return new OneThread(before, keepsProducts);
        }
    }

    /**
     * Returns whether products use several threads: at least one limit is open, and all that are open exclude products.
     */
    static synchronized boolean sharesProducts() {
        return open > 0 && keepingProducts == 0;
    }

    @Override
    public void close() {
        synchronized (OneThread.class) {
            if (closed) {
                return;
            }
            closed = true;
            torch.set_num_threads(torchBefore);
            keepingProducts -= keepsProducts ? 1 : 0;
            if (--open == 0) {
                setBlas(blasBefore);
            }
        }
    }

    /** Sets BLAS's thread count. Every call creates a native function object, which is freed at once. */
    private static void setBlas(int threads) {
        NativeScope.run(() -> openblas_nolapack.blas_set_num_threads(threads));
    }
}
