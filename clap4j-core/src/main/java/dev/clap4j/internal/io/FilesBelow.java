package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists the files below a folder in which other processes may be writing: files that go meanwhile are left out. */
public final class FilesBelow {
    private FilesBelow() {}

    /** Returns all files and links below a folder, sorted. Links are not followed. */
    public static List<Path> of(Path folder) throws IOException {
        return of(folder, Integer.MAX_VALUE);
    }

    /**
     * Returns all files and links below a folder, sorted. Links are not followed.
     *
     * @param depth the number of levels; 1 for the files in the folder itself
     */
    public static List<Path> of(Path folder, int depth) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // A folder is visited as a file where the walk may go no deeper.
                if (!attributes.isDirectory()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !file.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inside, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !inside.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                return super.postVisitDirectory(inside, e);
            }
        });
        files.sort(null);
        return files;
    }
}
