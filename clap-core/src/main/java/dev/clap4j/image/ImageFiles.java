package dev.clap4j.image;

import dev.clap4j.ClapException;
import dev.clap4j.image.format.ImageFormat;
import dev.clap4j.io.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds image files in folders, by their names. */
public final class ImageFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);

    /** Names of files that keep other files company, which nobody misses. */
    private static final Set<String> COMPANIONS =
            Set.of("thumbs.db", "desktop.ini", "captions.jsonl", "iconworld.json");

    private static final int MAX_KINDS = 8;

    private ImageFiles() {}

    /**
     * All images below a folder, sorted by their paths; files and folders whose names begin with a dot are left out.
     *
     * @param folder a folder, or a single file, which is taken whatever its name
     * @throws ClapException if it does not exist, cannot be read or holds no image
     */
    public static List<Path> list(Path folder) {
        if (Files.isRegularFile(folder)) {
            return List.of(folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new ClapException("There is no folder " + folder);
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files = all.filter(file -> !isHidden(folder.relativize(file)) && !Files.isDirectory(file))
                    .sorted(Comparator.comparing(file -> id(folder, file)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ClapException("Cannot list " + folder + ": " + e.getMessage(), e);
        }
        List<Path> images = files.stream()
                .filter(file -> isImage(file) && Files.isRegularFile(file))
                .toList();
        tellOthers(folder, files);
        if (images.isEmpty()) {
            throw new ClapException("There are no images in " + folder + "; files called " + ImageFormat.ENDINGS
                    + " are looked for, in its subfolders too");
        }
        return images;
    }

    /** Whether the name ends as those of images that are read do. */
    public static boolean isImage(Path file) {
        return ImageFormat.isNamed(String.valueOf(file.getFileName()));
    }

    /** Names what cannot be opened safely, and counts the files that are no images by their names. */
    private static void tellOthers(Path folder, List<Path> files) {
        Map<String, Integer> kinds = new TreeMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            if (isImage(file) && !Files.isRegularFile(file)) {
                LOG.warn(
                        "Passed over {}: it is {}, not a regular file",
                        Names.printable(file.toString()),
                        Files.exists(file) ? "a pipe or a device" : "a link to nothing");
            } else if (!isImage(file) && !COMPANIONS.contains(name)) {
                int dot = name.lastIndexOf('.');
                kinds.merge(dot < 0 ? "without an ending" : name.substring(dot), 1, Integer::sum);
            }
        }
        if (!kinds.isEmpty()) {
            LOG.warn(
                    "Passed over in {}: {}; by their names they are no images",
                    Names.printable(folder.toString()),
                    Names.printable(kinds.entrySet().stream()
                            .limit(MAX_KINDS)
                            .map(kind -> kind.getValue() + " " + kind.getKey())
                            .collect(Collectors.joining(", "))));
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** How a file is called within its folder: the path from there, with slashes on every system. */
    public static String id(Path folder, Path image) {
        Path relative = image.equals(folder) ? image.getFileName() : folder.relativize(image);
        // Where a backslash separates nothing, it is a character like any other.
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }
}
