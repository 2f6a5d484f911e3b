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
 * The files of a run: all that lies in its folder but unpacked libraries, which are compared with their archives whenever they
 * are loaded, and the memory of digests, which knows files by their times, and has a checksum for each.
 */
final class Contents {
    private static final String LIBRARIES = "natives";
    private static final String DIGESTS = "file-digests-";

    private Contents() {}

    /** Their bytes by their names below the folder. */
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

    /** Changes whenever a file is made, grows, is written anew or deleted, as good as always. */
    static int stamp(Path folder) {
        List<Integer> stamps = new ArrayList<>();
        walk(
                folder,
                (file, attributes) -> stamps.add(31 * (31 * file.hashCode() + (int) attributes.size())
                        + attributes.lastModifiedTime().hashCode()));
        Collections.sort(stamps);
        return stamps.hashCode();
    }

    /** A file's name below a folder, on any system with slashes. */
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

    /** Goes through a folder that others write at the same time. */
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
