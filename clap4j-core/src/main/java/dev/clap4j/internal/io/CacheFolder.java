package dev.clap4j.internal.io;

import java.nio.file.Path;
import java.util.Map;

/** The folder for data that can be recomputed. */
public final class CacheFolder {
    private CacheFolder() {}

    /** Returns the cache folder of the current user. */
    public static Path ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * Returns the cache folder of a user.
     *
     * @param environment environment variables: {@code CLAP4J_CACHE} is the folder itself, {@code XDG_CACHE_HOME} its
     *     parent
     * @param home the user's home folder; the cache is in {@code .cache} below it if neither variable is set
     */
    public static Path of(Map<String, String> environment, Path home) {
        String own = environment.getOrDefault("CLAP4J_CACHE", "");
        if (!own.isBlank()) {
            return Path.of(own);
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (shared.isBlank() ? home.resolve(".cache") : Path.of(shared)).resolve("clap4j");
    }
}
