package dev.clap4j.fuzz.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a run: everything in its folder except unpacked libraries, which are compared with their archives
 * whenever they are loaded, and the cache of digests, which depends on file times and has its own checksums.
 */
final class Contents {
    private static final String LIBRARIES = "natives";
    private static final String DIGESTS = "file-digests-";

    private Contents() {}

    /** Returns the content of files by their relative names. */
    static Map<String, byte[]> of(Path folder) {
        Map<String, byte[]> contents = new TreeMap<>();
        try {
            for (Path file : files(folder)) {
                contents.put(name(folder, file), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    /** Returns a number that almost always changes when a file is created, grows, is rewritten or deleted. */
    static int stamp(Path folder) {
        List<Integer> stamps = new ArrayList<>();
        walk(
                folder,
                (file, attributes) -> stamps.add(31 * (31 * file.hashCode() + (int) attributes.size())
                        + attributes.lastModifiedTime().hashCode()));
        Collections.sort(stamps);
        return stamps.hashCode();
    }

    /** Returns a file's relative name, with slashes on every system. */
    static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        walk(folder, (file, attributes) -> files.add(file));
        return files;
    }

    private interface Visit {
        void file(Path file, BasicFileAttributes attributes);
    }

    /** Visits a folder that other processes may be writing to. */
    private static void walk(Path folder, Visit visit) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                    return inside.endsWith(LIBRARIES) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!file.getFileName().toString().startsWith(DIGESTS)) {
                        visit.file(file, attributes);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path inside, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
