package dev.clap4j.internal.torch;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * A stretch of work for which libtorch and its BLAS keep to the caller's thread. For small matrices their threads wait for
 * one another longer than they compute, very much longer where other programs want the processors too, and the last bits
 * would depend on how many there are.
 *
 * <p>Closed on the thread that began it. Several may be open at once, on different threads: libtorch's number of threads is
 * each thread's own, while BLAS has one number for all, which comes back when the last is closed.
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

    /** From now on, on this thread. */
    public static OneThread begin() {
        return begin(true);
    }

    /**
     * From now on, on this thread, for everything but {@link Products} of many rows: these are shared by all processors unless
     * somebody else keeps to one thread.
     */
    public static OneThread beginExceptForProducts() {
        return begin(false);
    }

    private static OneThread begin(boolean keepsProducts) {
        synchronized (OneThread.class) {
            // Loads libtorch, and its BLAS with it, before that is asked for anything.
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

    /** Whether products are shared: some such stretch is open, and none of them keeps products to a thread. */
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

    /** Every call makes an object for the function it finds, which is not needed again. */
    private static void setBlas(int threads) {
        NativeScope.run(() -> openblas_nolapack.blas_set_num_threads(threads));
    }
}
