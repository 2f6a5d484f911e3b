package dev.clap4j.internal.torch;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.PrivateFolder;
import dev.clap4j.internal.io.UnpackedFile;
import dev.clap4j.internal.run.Versions;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of libtorch and its BLAS. JavaCPP unpacks them into a folder once and loads whatever lies there later;
 * so the folder must be this user's own, and before anything is loaded, what differs from the archives is removed, to be
 * unpacked again.
 *
 * <p>It unpacks in place, and a process that loads what another one unpacks just then crashes. So whoever has to unpack has
 * the folder for itself; others, who only load, share it.
 */
public final class TorchLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(TorchLibraries.class);
    private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
    private static final String LOCK = ".clap4j.lock";

    /** For each archive its folder and a library that it has on every platform. */
    private static final List<String[]> ARCHIVES = List.of(
            new String[] {"javacpp", "jnijavacpp"},
            new String[] {"openblas", "jniopenblas_nolapack"},
            new String[] {"mkl", "jnimkl_rt"},
            new String[] {"pytorch", "jnitorch"});

    private static Path cache;
    private static boolean mkl;

    private TorchLibraries() {}

    /** The versions that a run's results depend on, libtorch's among them. */
    public static Map<String, String> versions() {
        return Versions.with("libtorch", Tensor.class);
    }

    /**
     * Has them kept from the moment on when libtorch is first needed; otherwise they are where JavaCPP keeps them, usually in
     * {@code .javacpp} of the user's home. For programs: it sets a system property then.
     *
     * @param folder the folder of this program's caches
     */
    public static synchronized void keepIn(Path folder) {
        cache = folder;
    }

    /**
     * Prefers Intel's MKL to OpenBLAS where its archive is on the class path. For programs, before libtorch is first needed:
     * it sets a system property then.
     */
    public static synchronized void preferMkl() {
        mkl = true;
    }

    static synchronized boolean isMklPreferred() {
        return mkl;
    }

    /**
     * Loads them.
     *
     * @param load asks JavaCPP to
     * @throws ClapException if the folder is somebody else's, or cannot be read
     */
    static synchronized void load(Runnable load) {
        if (cache != null && System.getProperty(PROPERTY) == null) {
            try {
                Path natives = PrivateFolder.open(cache.resolve("natives"));
                Path own = PrivateFolder.open(natives.resolve("javacpp"));
                System.setProperty(PROPERTY, own.toString());
            } catch (ClapException e) {
                LOG.warn("libtorch is kept where JavaCPP keeps libraries. {}", e.getMessage());
            }
        }
        try {
            loadFrom(PrivateFolder.open(Loader.getCacheDir().toPath()), archives(), load);
        } catch (IOException e) {
            throw new ClapException("Cannot check libtorch's native libraries: " + e.getMessage(), e);
        }
    }

    private static List<JarFile> archives() throws IOException {
        List<JarFile> archives = new ArrayList<>();
        for (String[] archive : ARCHIVES) {
            String library = System.mapLibraryName(archive[1]);
            URL resource = TorchLibraries.class.getResource(
                    "/org/bytedeco/" + archive[0] + "/" + Loader.getPlatform() + "/" + library);
            if (resource != null && resource.openConnection() instanceof JarURLConnection connection) {
                archives.add(connection.getJarFile());
            }
        }
        return archives;
    }

    /** As {@link #load}, from a folder of JavaCPP's. */
    static void loadFrom(Path folder, List<JarFile> archives, Runnable load) throws IOException {
        // There once everything has been unpacked and loaded.
        Path complete = folder.resolve("."
                + Digests.of(archives.stream().map(TorchLibraries::folderName).collect(Collectors.joining("\n")))
                + ".complete");
        try (FileChannel channel = FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (FileLock shared = channel.lock(0, Long.MAX_VALUE, true)) {
                if (shared.isValid()
                        && Files.exists(complete)
                        && damaged(folder, archives).isEmpty()) {
                    load.run();
                    return;
                }
            }
            try (FileLock exclusive = channel.lock()) {
                for (Path file : damaged(folder, archives)) {
                    LOG.warn("{} is damaged and unpacked again", file);
                    Files.delete(file);
                }
                load.run();
                if (exclusive.isValid() && !Files.exists(complete)) {
                    Files.createFile(complete);
                }
            }
        }
    }

    /** The files that are not what the archives hold. Links stay: what they lead to is looked at itself. */
    private static List<Path> damaged(Path folder, List<JarFile> archives) throws IOException {
        List<Path> damaged = new ArrayList<>();
        for (JarFile archive : archives) {
            List<JarEntry> entries = archive.stream().toList();
            for (Path file : files(folder.resolve(folderName(archive)))) {
                if (!UnpackedFile.isIntact(file, entries)) {
                    damaged.add(file);
                }
            }
        }
        return damaged;
    }

    /** JavaCPP's. */
    private static String folderName(JarFile archive) {
        return String.valueOf(Path.of(archive.getName()).getFileName());
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }
}
