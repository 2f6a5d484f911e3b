package dev.clap4j.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** The versions of the software that a run's results depend on. */
public final class Versions {
    private Versions() {}

    /**
     * The versions of this project, of a library that computes, of Java and of the operating system.
     *
     * @param library the library's name
     * @param type one of the library's types; its JAR's manifest tells the version
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
