package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folders that this process has written to; leftovers of killed writers are deleted once in each. */
final class WrittenFolders {
    private static final int MOST = 10_000;
    private static final Set<Path> SEEN = ConcurrentHashMap.newKeySet();

    private WrittenFolders() {}

    /**
     * Prepares a folder for writing.
     *
     * @param folder absolute path
     * @throws IOException if it cannot be created, or is reached through a link inside an output folder
     */
    static void enter(Path folder) throws IOException {
        if (SEEN.contains(folder) && Files.isDirectory(folder)) {
            return;
        }
        requireNoLinks(folder.normalize());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        if (SEEN.size() >= MOST) {
            SEEN.clear();
        }
        SEEN.add(folder);
        TemporaryFile.clear(folder);
    }

    private static void requireNoLinks(Path folder) throws IOException {
        Path root = FolderLock.rootOf(folder).orElse(folder);
        for (Path inside = folder; !inside.equals(root); inside = inside.getParent()) {
            if (Files.isSymbolicLink(inside)) {
                throw new IOException(inside + " is a link, and links inside an output folder are not followed");
            }
        }
    }

    /**
     * Forgets folders below an output folder that is about to be written, since another process may have been killed in
     * the meantime.
     */
    static void begin(Path root) throws IOException {
        SEEN.removeIf(folder -> folder.startsWith(root));
        enter(root);
    }
}
