package dev.clap4j.internal.torch;

import dev.clap4j.ClapException;
import dev.clap4j.internal.blas.BlasLibraries;
import dev.clap4j.internal.run.Versions;
import java.net.URL;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The native libraries of libtorch, which uses the BLAS of {@link BlasLibraries}. */
public final class TorchLibraries {
    /** The artifact, in Maven's notation. */
    static final String ARTIFACT = "org.bytedeco:pytorch:2.10.0-1.5.13";

    private TorchLibraries() {}

    /** Returns the versions that results depend on, libtorch's among them. */
    public static Map<String, String> versions() {
        return Versions.with("libtorch", Tensor.class);
    }

    /**
     * Ensures that libtorch is on the class path. Distributions leave it out, since it is nearly as large as all the rest.
     *
     * @throws ClapException if it is not; names the artifacts
     */
    public static void require() {
        require(TorchLibraries.class.getClassLoader());
    }

    static void require(ClassLoader loader) {
        String platform = Loader.getPlatform();
        URL classes = loader.getResource("org/bytedeco/pytorch/global/torch.class");
        URL natives = loader.getResource("org/bytedeco/pytorch/" + platform + "/" + System.mapLibraryName("jnitorch"));
        if (classes == null || natives == null) {
            throw new ClapException("Training a CLIP model from scratch needs libtorch, which does not come with clap4j"
                    + " for its size: add " + ARTIFACT + " and its natives (classifier " + platform + ") to the class"
                    + " path, in an installation to the folder lib");
        }
    }

    /** Ensures that the libraries are loaded. */
    static void load() {
        Loading.once();
    }

    /** Loads the libraries when it is initialised. */
    private static final class Loading {
        static {
            BlasLibraries.loadBlas();
            BlasLibraries.load(() -> Loader.load(torch.class), "pytorch/jnitorch");
        }

        static void once() {
            // The static initializer does the work.
        }
    }
}
