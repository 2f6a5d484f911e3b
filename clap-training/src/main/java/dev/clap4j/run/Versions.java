package dev.clap4j.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The software that decides about a run's bits. */
public final class Versions {
    private Versions() {}

    /** Its parts and their versions, of this project, of libtorch, of Java and of the operating system. */
    public static Map<String, String> of() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("clap4j", version(Versions.class));
        versions.put("libtorch", version(Tensor.class));
        versions.put("java", System.getProperty("java.version"));
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    private static String version(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
