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
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** In archives for other devices; they are looked for beside the others. */
    private static final List<String> PROVIDERS = List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda");

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
        Map<String, JarURLConnection> libraries = new LinkedHashMap<>();
        for (String name : NAMES) {
            JarURLConnection library = library(name);
            if (library == null) {
                return;
            }
            libraries.put(name, library);
        }
        for (String name : PROVIDERS) {
            JarURLConnection library = library(name);
            if (library != null) {
                libraries.put(name, library);
            }
        }
        long version = libraries.get(NAMES.get(0)).getJarEntry().getCrc();
        Path natives = PrivateFolder.open(cache.resolve("natives"));
        Path kept = PrivateFolder.open(natives.resolve("onnxruntime-" + Long.toHexString(version)));
        for (var library : libraries.entrySet()) {
            Path file = kept.resolve(System.mapLibraryName(library.getKey()));
            if (!UnpackedFile.isIntact(file, List.of(library.getValue().getJarEntry()))) {
                try (InputStream content = library.getValue().getInputStream()) {
                    AtomicFiles.write(file, channel -> content.transferTo(Channels.newOutputStream(channel)));
                }
            }
        }
        System.setProperty(PROPERTY, String.valueOf(kept));
    }

    /** Opens a library in the archive; null if there is none for this platform, or no archive. */
    private static JarURLConnection library(String name) throws IOException {
        String path = "/ai/onnxruntime/native/" + platform() + "/" + System.mapLibraryName(name);
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
