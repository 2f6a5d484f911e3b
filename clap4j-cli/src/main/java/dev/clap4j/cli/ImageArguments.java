package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.dataset.FileSource;
import dev.clap4j.internal.dataset.ImageSource;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.image.IgnoredFiles;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.io.FilesBelow;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The image arguments of a command. */
final class ImageArguments {
    private static final String PATTERN_SIGNS = "*?[{";

    private ImageArguments() {}

    /** The images of some arguments, see {@link #sources(String, IgnoredFiles)}; each file once. */
    static List<ImageSource> sources(List<String> arguments, PrintWriter err) {
        IgnoredFiles others = new IgnoredFiles();
        List<ImageSource> sources = arguments.stream()
                .flatMap(argument -> sources(argument, others).stream())
                .toList();
        others.summary().ifPresent(said -> err.println("clap: " + said));
        return joined(sources);
    }

    /**
     * The images of an argument: a file, archive or list, a folder, or all that a pattern or a range of numbers stands for.
     *
     * @param others receives skipped files of a folder
     * @throws ClapException if there are none, or a file is of a kind that is not supported
     */
    static List<ImageSource> sources(String argument, IgnoredFiles others) {
        boolean isPath = GivenPaths.path(argument).filter(Files::exists).isPresent();
        List<ImageSource> sources = new ArrayList<>();
        for (String each : isPath ? List.of(argument) : NumberRange.expand(argument)) {
            for (Path file : find(each, others)) {
                Optional<ImageSource> container =
                        ImageFiles.isImage(file) ? Optional.empty() : ImageSources.container(file);
                sources.add(container.orElseGet(() -> new FileSource(file, List.of(file))));
            }
        }
        return joined(sources);
    }

    /** Joins files that follow one another; a file or archive that comes again is left out. */
    static List<ImageSource> joined(List<ImageSource> sources) {
        List<ImageSource> joined = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        List<Path> files = new ArrayList<>();
        for (ImageSource source : sources) {
            if (source instanceof FileSource some) {
                some.files().stream().filter(seen::add).forEach(files::add);
            } else if (seen.add(source.path())) {
                flush(files, joined);
                joined.add(source);
            }
        }
        flush(files, joined);
        return joined;
    }

    private static void flush(List<Path> files, List<ImageSource> joined) {
        if (!files.isEmpty()) {
            joined.add(new FileSource(files.get(0), files));
            files.clear();
        }
    }

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
        // On some systems a pattern cannot be a path.
        Optional<Path> path = GivenPaths.path(argument).filter(Files::exists);
        if (path.isPresent()) {
            return ImageFiles.list(path.get(), others);
        }
        if (!isPattern(argument)) {
            throw new ClapException("There is no file or folder " + argument);
        }
        List<Path> matches = matches(argument);
        if (matches.isEmpty()) {
            throw new ClapException("No file matches " + argument);
        }
        return matches;
    }

    /** Returns whether a text that is no path is a pattern or a range of numbers. */
    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> PATTERN_SIGNS.indexOf(c) >= 0);
    }

    /** Files below the last folder before the first sign of a pattern, through no links. */
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
        try {
            return FilesBelow.of(start, inside -> wanted.mayMatchWithin(ImageFiles.id(start, inside))).stream()
                    .filter(file -> wanted.matches(ImageFiles.id(start, file))
                            && !file.getFileName().toString().startsWith(".")
                            && Files.isRegularFile(file))
                    .toList();
        } catch (AccessDeniedException e) {
            throw new ClapException("Cannot list the folder " + e.getFile() + ": " + IoReasons.of(e), e);
        } catch (IOException e) {
            throw new ClapException("Cannot list the folder " + start + ": " + IoReasons.of(e), e);
        }
    }
}
