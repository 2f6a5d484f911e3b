package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.image.ImageFiles;
import dev.clap4j.image.PassedOver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a person means by an argument that stands for images. */
final class ImageArguments {
    private static final String PATTERN_SIGNS = "*?[{";

    private ImageArguments() {}

    /**
     * All images of some files and folders, each once, in their order.
     *
     * @param err told of files in the folders that are passed over
     * @throws ClapException if one of them is missing, or a folder has no images
     */
    static List<Path> list(List<Path> filesAndFolders, PrintWriter err) {
        PassedOver others = new PassedOver();
        Set<Path> images = new LinkedHashSet<>();
        filesAndFolders.forEach(path -> images.addAll(ImageFiles.list(path, others)));
        others.summary().ifPresent(said -> err.println("clap: " + said));
        return List.copyOf(images);
    }

    /**
     * A file whatever its ending, all images below a folder, or the files that match a pattern such as
     * {@code photos/*.jpg} or {@code photos/**.jpg}; sorted.
     *
     * @param others told of files in a folder that are passed over
     * @throws ClapException if there are none
     */
    static List<Path> find(String argument, PassedOver others) {
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
        PathMatcher matcher = start.getFileSystem().getPathMatcher("glob:" + pattern.substring(slash + 1));
        try (Stream<Path> files = Files.walk(start, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> matcher.matches(start.relativize(file)))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ClapException("Cannot list the folder " + start + ": " + e, e);
        }
    }
}
