package dev.clap4j.internal.blas;

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
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of BLAS. JavaCPP unpacks them into a folder once and later loads whatever is there; so the folder
 * must belong to this user, and files that differ from the archives are deleted before loading, to be unpacked again.
 *
 * <p>Since JavaCPP unpacks in place, a process crashes if it loads a library while another process unpacks it. So
 * unpacking takes an exclusive lock on the folder, and loading a shared one.
 */
public final class BlasLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(BlasLibraries.class);
    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";
    private static final String LOCK = ".clap4j.lock";

    private static Path cache;
    private static boolean loaded;

    private BlasLibraries() {}

    /** Returns the versions that results depend on, OpenBLAS's among them. */
    public static Map<String, String> versions() {
        return Versions.with("openblas", openblas_nolapack.class);
    }

    /**
     * Sets the folder for unpacked libraries, which is used when BLAS is first needed; by default JavaCPP uses
     * {@code .javacpp} in the user's home. Meant for programs, since it sets a system property.
     *
     * @param folder the program's cache folder
     */
    public static synchronized void keepIn(Path folder) {
        cache = folder;
    }

    /**
     * Loads BLAS: OpenBLAS, unless JavaCPP's system property names another. It computes on the caller's thread alone:
     * for small matrices its own threads spend more time on synchronisation than on arithmetic, and the last bits would
     * depend on their number.
     */
    public static synchronized void loadBlas() {
        if (loaded) {
            return;
        }
        load(() -> Loader.load(openblas_nolapack.class), "javacpp/jnijavacpp", "openblas/jniopenblas_nolapack");
        setOneThread();
        loaded = true;
    }

    /** Creates a native function object, which is freed at once. */
    private static void setOneThread() {
        PointerScope scope = new PointerScope();
        try {
            org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads(1);
        } finally {
            scope.close();
        }
    }

    /**
     * Loads libraries of JavaCPP's.
     *
     * @param load makes JavaCPP load them
     * @param libraries for each archive that they come from, its folder and a library that it has on every platform
     * @throws ClapException if the folder belongs to another user, or cannot be read
     */
    public static synchronized void load(Runnable load, String... libraries) {
        if (cache != null && System.getProperty(FOLDER) == null) {
            try {
                Path natives = PrivateFolder.open(cache.resolve("natives"));
                Path own = PrivateFolder.open(natives.resolve("javacpp"));
                System.setProperty(FOLDER, own.toString());
            } catch (ClapException e) {
                LOG.warn("Native libraries are kept where JavaCPP keeps them. {}", e.getMessage());
            }
        }
        try {
            loadFrom(PrivateFolder.open(Loader.getCacheDir().toPath()), archives(libraries), load);
        } catch (IOException e) {
            throw new ClapException("Cannot check the native libraries of BLAS: " + e.getMessage(), e);
        }
    }

    private static List<JarFile> archives(String... libraries) throws IOException {
        List<JarFile> archives = new ArrayList<>();
        for (String library : libraries) {
            Path path = Path.of(library);
            URL resource =
                    BlasLibraries.class.getResource("/org/bytedeco/" + path.getParent() + "/" + Loader.getPlatform()
                            + "/" + System.mapLibraryName(path.getFileName().toString()));
            if (resource != null && resource.openConnection() instanceof JarURLConnection connection) {
                archives.add(connection.getJarFile());
            }
        }
        return archives;
    }

    /** Loads the libraries as {@link #load} does, from a folder of JavaCPP's. */
    static void loadFrom(Path folder, List<JarFile> archives, Runnable load) throws IOException {
        // Exists once everything has been unpacked and loaded.
        Path complete = folder.resolve("."
                + Digests.of(archives.stream().map(BlasLibraries::folderName).collect(Collectors.joining("\n")))
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

    /**
     * Returns the files that differ from the archives. Links are skipped, since their targets are checked themselves.
     */
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

    /** Returns JavaCPP's folder name for an archive. */
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
