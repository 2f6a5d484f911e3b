package dev.clap4j.torch;

import dev.clap4j.ClapException;
import dev.clap4j.io.PrivateFolder;
import dev.clap4j.io.UnpackedFile;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of libtorch and its BLAS. JavaCPP unpacks them into a folder once and loads whatever lies there later;
 * so before it does, the folder must be this user's own, and what differs from the archives is removed, to be unpacked again.
 */
public final class TorchLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(TorchLibraries.class);
    private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private static Path cache;

    private TorchLibraries() {}

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
     * Makes sure that what is about to be loaded is what was unpacked.
     *
     * @throws ClapException if the folder is somebody else's, or cannot be read
     */
    static synchronized void provide() {
        if (cache != null && System.getProperty(PROPERTY) == null) {
            try {
                Path natives = PrivateFolder.open(cache.resolve("natives"));
                System.setProperty(
                        PROPERTY, PrivateFolder.open(natives.resolve("javacpp")).toString());
            } catch (ClapException e) {
                LOG.warn("libtorch is kept where JavaCPP keeps libraries. {}", e.getMessage());
            }
        }
        try {
            Path folder = PrivateFolder.open(Loader.getCacheDir().toPath());
            for (Path file : files(folder)) {
                if (isDamaged(folder, file)) {
                    LOG.warn("{} is damaged and unpacked again", file);
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new ClapException("Cannot check libtorch's native libraries: " + e.getMessage(), e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Whether a file is of an archive that would be loaded from, but not what it holds. Links lead to other such files. */
    private static boolean isDamaged(Path folder, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return !file.toRealPath().startsWith(folder.toRealPath());
        }
        Path archive = folder.relativize(file).subpath(0, 1);
        URL resource = TorchLibraries.class.getResource(file.toString()
                .substring(folder.resolve(archive).toString().length())
                .replace('\\', '/'));
        if (resource == null || !(resource.openConnection() instanceof JarURLConnection entry)) {
            return false;
        }
        return entry.getJarFileURL().getPath().endsWith("/" + archive)
                && !UnpackedFile.isIntact(file, entry.getJarEntry());
    }
}
