package dev.clap4j.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** The versions of the software on which a run's results depend. */
public final class Versions {
    private Versions() {}

    /**
     * Returns the versions of this project, a numerical library, Java and the operating system.
     *
     * @param library the library's name
     * @param type one of the library's types; the version is read from the manifest of its JAR
     */
    public static Map<String, String> with(String library, Class<?> type) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("clap4j", version(Versions.class));
        versions.put(library, version(type));
        versions.put("java", System.getProperty("java.version"));
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    private static String version(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
