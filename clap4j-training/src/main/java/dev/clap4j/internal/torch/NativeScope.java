package dev.clap4j.internal.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;

/**
 * Stretches of code whose native objects end with them.
 *
 * <p>Every libtorch object that is made on this thread inside such a stretch is freed when it ends, not when the
 * garbage collector finds it. What has to outlive it must be copied out, or kept with {@code retainReference()}.
 */
public final class NativeScope {
    static {
        Blas.choose();
    }

    private NativeScope() {}

    /** Runs {@code body} and frees every native object that it made; its result must not be one of them. */
    public static <R> R call(Supplier<R> body) {
        PointerScope scope = new PointerScope();
        try {
            return body.get();
        } finally {
            scope.close();
        }
    }

    /** As {@link #call}, for a body without a result. */
    public static void run(Runnable body) {
        call(() -> {
            body.run();
            return null;
        });
    }

    /** As {@link #call}, and nothing in {@code body} is recorded for gradients. */
    public static <R> R callWithoutGradients(Supplier<R> body) {
        return call(() -> {
            // Guards restore the thread's mode when they are destroyed, so this one must go before its scope does.
            AutoGradMode guard = new AutoGradMode(false);
            try {
                return body.get();
            } finally {
                guard.close();
            }
        });
    }
}
