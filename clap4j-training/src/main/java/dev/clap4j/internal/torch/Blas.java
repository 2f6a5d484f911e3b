package dev.clap4j.internal.torch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * What libtorch multiplies with: Intel's MKL where its archive is on the class path, else OpenBLAS, which always is. It is
 * chosen before libtorch is loaded.
 */
final class Blas {
    private static final String PROPERTY = "org.bytedeco.openblas.load";
    private static final String MKL = "mkl_rt";

    static {
        boolean mkl = System.getProperty(PROPERTY) == null && hasMkl();
        if (mkl) {
            System.setProperty(PROPERTY, MKL);
        }
        TorchLibraries.load(() -> {
            Loader.load(openblas_nolapack.class);
            Loader.load(torch.class);
        });
        if (mkl) {
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
