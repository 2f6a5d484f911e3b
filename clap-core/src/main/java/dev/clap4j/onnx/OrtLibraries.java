package dev.clap4j.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * ONNX Runtime's native libraries, kept in the cache: it would unpack them from its archive at every start, which takes
 * longer than to classify an image.
 */
public final class OrtLibraries {
    private static final String PROPERTY = "onnxruntime.native.path";
    private static final String VARIABLE = "ONNXRUNTIME_NATIVE_PATH";
    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private OrtLibraries() {}

    /**
     * Unpacks them unless they are there, and tells ONNX Runtime, which must not have been started; where that is not possible
     * it helps itself.
     *
     * @param cache the folder of this program's caches
     */
    public static void keep(Path cache) {
        if (System.getProperty(PROPERTY) != null || System.getenv(VARIABLE) != null) {
            return;
        }
        try {
            unpackInto(cache);
        } catch (ClapException | IOException e) {
            return;
        }
    }

    private static void unpackInto(Path cache) throws IOException {
        String folder = "/ai/onnxruntime/native/" + platform() + "/";
        URL main = OrtEnvironment.class.getResource(folder + System.mapLibraryName(NAMES.get(0)));
        if (main == null) {
            return;
        }
        long size = main.openConnection().getContentLengthLong();
        Path kept = cache.resolve("natives").resolve("onnxruntime-" + size);
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            URL resource = OrtEnvironment.class.getResource(folder + file);
            if (resource == null) {
                return;
            }
            unpack(resource, kept.resolve(file));
        }
        System.setProperty(PROPERTY, kept.toString());
    }

    private static void unpack(URL resource, Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) == resource.openConnection().getContentLengthLong()) {
            return;
        }
        try (InputStream content = resource.openStream()) {
            AtomicFiles.writeBytes(file, content.readAllBytes());
        }
    }

    /** As ONNX Runtime's archive calls it. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String family = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        String processor = System.getProperty("os.arch");
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        return family + (arm ? "-aarch64" : "-x64");
    }
}
