package dev.clap4j.internal.blas;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;

/**
 * Limits BLAS to the caller's thread. For small matrices its threads spend more time on synchronisation than on
 * arithmetic, especially on a busy machine, and the last bits would depend on the number of threads.
 *
 * <p>Several may be open at once, on different threads: BLAS has one thread count for the process, which is restored
 * when the last is closed.
 */
public final class OneThread implements AutoCloseable {
    static {
        BlasLibraries.loadBlas();
    }

    private static int open;
    private static int keepingProducts;
    private static int before;

    private final boolean keepsProducts;
    private boolean closed;

    private OneThread(boolean keepsProducts) {
        this.keepsProducts = keepsProducts;
    }

    /** Limits all work. */
    public static OneThread begin() {
        return begin(true);
    }

    /** Limits all work but that in {@link RowBlocks}, which uses all processors unless {@link #begin} has been called. */
    public static OneThread beginExceptForProducts() {
        return begin(false);
    }

    private static OneThread begin(boolean keepsProducts) {
        synchronized (OneThread.class) {
            if (open++ == 0) {
                before = openblas_nolapack.blas_get_num_threads();
                setThreads(1);
            }
            keepingProducts += keepsProducts ? 1 : 0;
            return new OneThread(keepsProducts);
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
            keepingProducts -= keepsProducts ? 1 : 0;
            if (--open == 0) {
                setThreads(before);
            }
        }
    }

    /** Sets BLAS's thread count. Every call creates a native function object, which is freed at once. */
    private static void setThreads(int threads) {
        PointerScope scope = new PointerScope();
        try {
            openblas_nolapack.blas_set_num_threads(threads);
        } finally {
            scope.close();
        }
    }
}
