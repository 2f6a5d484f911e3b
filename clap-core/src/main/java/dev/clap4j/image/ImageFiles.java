package dev.clap4j.image;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds image files in folders, by their names. */
public final class ImageFiles {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "tif", "tiff");

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
        List<Path> images;
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            images = all.filter(
                            file -> isImage(file) && !isHidden(folder.relativize(file)) && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(file -> id(folder, file)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ClapException("Cannot list " + folder + ": " + e.getMessage(), e);
        }
        if (images.isEmpty()) {
            throw new ClapException(
                    "There are no images in " + folder + "; files called .jpg, .png, .webp, .gif, .bmp or"
                            + " .tif are looked for, in its subfolders too");
        }
        return images;
    }

    /** Whether the name ends as those of images do. */
    public static boolean isImage(Path file) {
        String name = file.getFileName().toString();
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
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
        return relative.toString().replace('\\', '/');
    }
}
