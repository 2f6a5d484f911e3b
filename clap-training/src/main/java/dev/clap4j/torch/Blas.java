package dev.clap4j.torch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * What libtorch multiplies with: Intel's MKL where its archive is on the class path, else OpenBLAS, which always is. It is
 * chosen, and the libraries are checked, before libtorch is loaded.
 */
final class Blas {
    private static final String PROPERTY = "org.bytedeco.openblas.load";
    private static final String MKL = "mkl_rt";

    static {
        TorchLibraries.provide();
        if (System.getProperty(PROPERTY) == null && hasMkl()) {
            System.setProperty(PROPERTY, MKL);
            // Beside libtorch's own threads MKL would keep to one.
            openblas_nolapack.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
        }
    }

    private Blas() {}

    private static boolean hasMkl() {
        String folder = "/org/bytedeco/mkl/" + Loader.getPlatform() + "/";
        return Blas.class.getResource(folder + "lib" + MKL + ".so.2") != null
                || Blas.class.getResource(folder + MKL + ".2.dll") != null;
    }

    /** Makes sure that it is chosen. */
    static void choose() {
        // Whoever calls this has loaded the class.
    }
}
