package dev.clap4j.internal.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;

/**
 * Scopes that free native objects when they end.
 *
 * <p>Every libtorch object created on this thread inside such a scope is freed at its end, rather than by the garbage
 * collector. Values that must outlive it are copied, or kept with {@code retainReference()}.
 */
public final class NativeScope {
    static {
        TorchLibraries.load();
    }

    private NativeScope() {}

    /** Runs {@code body} and frees every native object it created; its result must not be one of them. */
    public static <R> R call(Supplier<R> body) {
        PointerScope scope = new PointerScope();
        try {
            return body.get();
        } finally {
            scope.close();
        }
    }

    /** Runs a body without a result, as {@link #call} does. */
    public static void run(Runnable body) {
        call(() -> {
            body.run();
            return null;
        });
    }

    /** Runs a body as {@link #call} does, without recording gradients. */
    public static <R> R callWithoutGradients(Supplier<R> body) {
        return call(() -> {
            // The guard restores the thread's mode when it is destroyed, so it must be closed before its scope.
            AutoGradMode guard = new AutoGradMode(false);
            try {
                return body.get();
            } finally {
                guard.close();
            }
        });
    }
}
