package dev.clap4j.internal.torch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Chooses libtorch's BLAS before libtorch is loaded: the one named by JavaCPP's system property; else Intel's MKL, if
 * the program {@linkplain TorchLibraries#preferMkl prefers} it and its archive is on the class path; else JavaCPP's
 * default, OpenBLAS.
 */
final class Blas {
    private static final String PROPERTY = "org.bytedeco.openblas.load";
    private static final String MKL = "mkl_rt";

    static {
        if (TorchLibraries.isMklPreferred() && System.getProperty(PROPERTY) == null && hasMkl()) {
            System.setProperty(PROPERTY, MKL);
        }
        TorchLibraries.load(() -> {
            Loader.load(openblas_nolapack.class);
            Loader.load(torch.class);
        });
        if (MKL.equals(System.getProperty(PROPERTY)) && hasMkl()) {
            // Next to libtorch's threads MKL would default to one.
            openblas_nolapack.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
        }
    }

    private Blas() {}

    private static boolean hasMkl() {
        String folder = "/org/bytedeco/mkl/" + Loader.getPlatform() + "/";
        return Blas.class.getResource(folder + "lib" + MKL + ".so.2") != null
                || Blas.class.getResource(folder + MKL + ".2.dll") != null;
    }

    /** Ensures that the BLAS is chosen and loaded. */
    static void choose() {
        // The static initializer does the work.
    }
}
