package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.IgnoredFiles;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The image arguments of a command. */
final class ImageArguments {
    private static final String PATTERN_SIGNS = "*?[{";

    private ImageArguments() {}

    /** All images of some files and folders, each once, in their order. */
    static List<Path> list(List<Path> filesAndFolders, PrintWriter err) {
        return List.copyOf(ids(filesAndFolders, err).keySet());
    }

    /** The same images, each with its name within the folder. */
    static Map<Path, String> ids(List<Path> filesAndFolders, PrintWriter err) {
        IgnoredFiles others = new IgnoredFiles();
        Map<Path, String> ids = new LinkedHashMap<>();
        for (Path path : filesAndFolders) {
            ImageFiles.list(path, others).forEach(image -> ids.put(image, ImageFiles.id(path, image)));
        }
        others.summary().ifPresent(said -> err.println("clap: " + said));
        return ids;
    }

    /**
     * A file whatever its ending, all images below a folder, or the files that match a pattern such as
     * {@code photos/*.jpg} or {@code photos/**.jpg}; sorted.
     *
     * @param others receives skipped files of a folder
     * @throws ClapException if there are none
     */
    static List<Path> find(String argument, IgnoredFiles others) {
        Path path = path(argument);
        if (path != null && Files.exists(path)) {
            return ImageFiles.list(path, others);
        }
        if (argument.chars().noneMatch(c -> PATTERN_SIGNS.indexOf(c) >= 0)) {
            throw new ClapException("There is no file or folder " + argument);
        }
        List<Path> matches = matches(argument);
        if (matches.isEmpty()) {
            throw new ClapException("No file matches " + argument);
        }
        return matches;
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            return null; // On some systems a pattern cannot be a path.
        }
    }

    /** Files below the last folder before the first sign of a pattern. */
    private static List<Path> matches(String pattern) {
        int sign = 0;
        while (PATTERN_SIGNS.indexOf(pattern.charAt(sign)) < 0) {
            sign++;
        }
        int slash = pattern.lastIndexOf('/', sign);
        Path start = slash < 0 ? Path.of("") : Path.of(pattern.substring(0, slash + 1));
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        PathPattern wanted = PathPattern.parse(pattern.substring(slash + 1));
        MatchingFiles matches = new MatchingFiles(start, wanted);
        try {
            Files.walkFileTree(start, matches);
        } catch (AccessDeniedException e) {
            throw new ClapException("Cannot list the folder " + e.getFile() + ": " + IoReasons.of(e), e);
        } catch (IOException e) {
            throw new ClapException("Cannot list the folder " + start + ": " + IoReasons.of(e), e);
        }
        return matches.found.stream().sorted().toList();
    }

    /** Collects files that match; goes only into folders in which some could, and through no links. */
    private static final class MatchingFiles extends SimpleFileVisitor<Path> {
        private final Path start;
        private final PathPattern pattern;
        private final List<Path> found = new ArrayList<>();

        MatchingFiles(Path start, PathPattern pattern) {
            this.start = start;
            this.pattern = pattern;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(start) || pattern.mayMatchWithin(ImageFiles.id(start, folder))
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (pattern.matches(ImageFiles.id(start, file))
                    && !file.getFileName().toString().startsWith(".")
                    && Files.isRegularFile(file)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
