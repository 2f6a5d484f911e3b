package dev.clap4j.torch;

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
    private static int blasBefore;

    private final int torchBefore;
    private final boolean forProducts;

    private OneThread(int torchBefore, boolean forProducts) {
        this.torchBefore = torchBefore;
        this.forProducts = forProducts;
    }

    /** From now on, on this thread. */
    public static OneThread begin() {
        return begin(true);
    }

    /**
     * From now on, on this thread, for everything but the products of matrices: BLAS keeps its threads unless somebody else
     * wants it to have one. For large matrices; libtorch's own threads, beside those of BLAS, would only take processors from
     * them.
     */
    public static OneThread beginExceptForProducts() {
        return begin(false);
    }

    private static OneThread begin(boolean forProducts) {
        synchronized (OneThread.class) {
            // Loads libtorch, and its BLAS with it, before that is asked for anything.
            int before = torch.get_num_threads();
            torch.set_num_threads(1);
            if (forProducts && open++ == 0) {
                blasBefore = openblas_nolapack.blas_get_num_threads();
                setBlas(1);
            }
            return new OneThread(before, forProducts);
        }
    }

    @Override
    public void close() {
        synchronized (OneThread.class) {
            torch.set_num_threads(torchBefore);
            if (forProducts && --open == 0) {
                setBlas(blasBefore);
            }
        }
    }

    /** Every call makes an object for the function it finds, which is not needed again. */
    private static void setBlas(int threads) {
        NativeScope.run(() -> openblas_nolapack.blas_set_num_threads(threads));
    }
}
