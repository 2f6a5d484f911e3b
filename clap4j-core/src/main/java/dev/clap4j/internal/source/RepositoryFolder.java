package dev.clap4j.internal.source;

import java.util.Optional;

/** The names of folders in the hub's cache: {@code models--owner--name} for the repository {@code owner/name}. */
public final class RepositoryFolder {
    private static final String SLASH = "--";
    private static final String PREFIX = "models" + SLASH;

    private RepositoryFolder() {}

    /** Returns the name of a repository's folder. */
    public static String of(String repository) {
        return PREFIX + repository.replace("/", SLASH);
    }

    /** Returns the repository of a folder; empty if it is none of a repository. */
    public static Optional<String> repository(String folder) {
        return folder.startsWith(PREFIX)
                ? Optional.of(folder.substring(PREFIX.length()).replace(SLASH, "/"))
                : Optional.empty();
    }

    /** Returns whether a repository may have a name, which could not be told from its folder otherwise. */
    public static boolean isUnambiguous(String repository) {
        return !repository.contains(SLASH);
    }
}
