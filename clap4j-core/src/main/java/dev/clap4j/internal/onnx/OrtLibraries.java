package dev.clap4j.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.PrivateFolder;
import dev.clap4j.internal.io.UnpackedFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's native libraries, kept in the cache folder: unpacking them from the archive at every start takes
 * longer than classifying an image. They are compared with the archive before they are loaded, and unpacked again if
 * they differ.
 */
public final class OrtLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(OrtLibraries.class);
    private static final String PROPERTY = "onnxruntime.native.path";
    private static final String VARIABLE = "ONNXRUNTIME_NATIVE_PATH";
    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static Path cache;

    private OrtLibraries() {}

    /**
     * Keeps the libraries in a folder once ONNX Runtime is first needed. For programs, since it then sets a system
     * property.
     *
     * @param folder the cache folder of the program
     */
    public static synchronized void keepIn(Path folder) {
        cache = folder;
    }

    /**
     * Points ONNX Runtime to the libraries; if they cannot be kept, ONNX Runtime unpacks its own, and a warning gives
     * the reason.
     */
    static synchronized void provide() {
        if (cache == null || System.getProperty(PROPERTY) != null || System.getenv(VARIABLE) != null) {
            return;
        }
        try {
            unpackInto(cache);
        } catch (ClapException | IOException e) {
            LOG.warn("ONNX Runtime is unpacked again at every start. {}", e.getMessage());
        }
    }

    private static void unpackInto(Path cache) throws IOException {
        String inArchive = "/ai/onnxruntime/native/" + platform() + "/";
        Path natives = PrivateFolder.open(cache.resolve("natives"));
        Path kept = null;
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            JarURLConnection library = library(inArchive + file);
            if (library == null) {
                return;
            }
            JarEntry entry = library.getJarEntry();
            if (kept == null) {
                kept = PrivateFolder.open(natives.resolve("onnxruntime-" + Long.toHexString(entry.getCrc())));
            }
            if (!UnpackedFile.isIntact(kept.resolve(file), List.of(entry))) {
                try (InputStream content = library.getInputStream()) {
                    AtomicFiles.writeBytes(kept.resolve(file), content.readAllBytes());
                }
            }
        }
        System.setProperty(PROPERTY, String.valueOf(kept));
    }

    /** Opens a library in the archive; null if there is none for this platform, or no archive. */
    private static JarURLConnection library(String path) throws IOException {
        URL resource = OrtEnvironment.class.getResource(path);
        URLConnection connection = resource == null ? null : resource.openConnection();
        return connection instanceof JarURLConnection jar ? jar : null;
    }

    /** Returns the name of the platform in ONNX Runtime's archive. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String family = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        String processor = System.getProperty("os.arch");
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        return family + (arm ? "-aarch64" : "-x64");
    }
}
