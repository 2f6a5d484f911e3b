package dev.clap4j.internal.io;

import java.nio.file.Path;
import java.util.Map;

/** Where this program keeps what it can make again. */
public final class CacheFolder {
    private CacheFolder() {}

    /** The folder of this process's user. */
    public static Path ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * The folder of a user.
     *
     * @param environment variables by name: {@code CLAP4J_CACHE} is the folder itself, {@code XDG_CACHE_HOME} the one
     *     that holds it
     * @param home the user's home folder, which holds it in {@code .cache} if neither is set
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
