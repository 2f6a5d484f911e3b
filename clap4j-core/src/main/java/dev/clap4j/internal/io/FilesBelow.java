package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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
        return list(folder, depth, Set.of(), inside -> true);
    }

    /**
     * Returns all files and links below a folder, sorted. Links are not followed.
     *
     * @param entered the folders below it that are listed, too; others need not be readable
     */
    public static List<Path> of(Path folder, Predicate<Path> entered) throws IOException {
        return list(folder, Integer.MAX_VALUE, Set.of(), entered);
    }

    /**
     * Returns all files below a folder, sorted. Links are followed, but those that lead nowhere or back to a folder that
     * contains them are listed.
     *
     * @param entered the folders below it that are listed, too; others need not be readable
     */
    public static List<Path> followingLinks(Path folder, Predicate<Path> entered) throws IOException {
        return list(folder, Integer.MAX_VALUE, Set.of(FileVisitOption.FOLLOW_LINKS), entered);
    }

    private static List<Path> list(Path folder, int depth, Set<FileVisitOption> links, Predicate<Path> entered)
            throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, links, depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                return inside.equals(folder) || entered.test(inside)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

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
                if (e instanceof FileSystemLoopException) {
                    files.add(file);
                } else if (!mayPass(file, e) && (file.equals(folder) || entered.test(file))) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inside, IOException e) throws IOException {
                return mayPass(inside, e) ? FileVisitResult.CONTINUE : super.postVisitDirectory(inside, e);
            }

            /** Returns whether an error means no more than that something below the folder is gone. */
            private boolean mayPass(Path file, IOException e) {
                return e instanceof NoSuchFileException && !file.equals(folder);
            }
        });
        files.sort(null);
        return files;
    }
}
