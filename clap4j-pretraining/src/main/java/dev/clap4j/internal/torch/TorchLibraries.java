package dev.clap4j.internal.torch;

import dev.clap4j.internal.blas.BlasLibraries;
import dev.clap4j.internal.run.Versions;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The native libraries of libtorch, which uses the BLAS of {@link BlasLibraries}. */
public final class TorchLibraries {
    static {
        BlasLibraries.loadBlas();
        BlasLibraries.load(() -> Loader.load(torch.class), "pytorch/jnitorch");
    }

    private TorchLibraries() {}

    /** Returns the versions that results depend on, libtorch's among them. */
    public static Map<String, String> versions() {
        return Versions.with("libtorch", Tensor.class);
    }

    /** Ensures that the libraries are loaded. */
    static void load() {
        // The static initializer does the work.
    }
}
