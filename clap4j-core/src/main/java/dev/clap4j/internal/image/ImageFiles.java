package dev.clap4j.internal.image;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.format.ImageFormat;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds image files in folders, by their names. */
public final class ImageFiles {
    private ImageFiles() {}

    /** All images below a folder, see {@link #list(Path, PassedOver)}. */
    public static List<Path> list(Path folder) {
        return list(folder, new PassedOver());
    }

    /**
     * All images below a folder, sorted by their paths; files and folders whose names begin with a dot are left out.
     *
     * @param folder a folder, or a single file, which is taken whatever its name
     * @param others told of the files that are no images by their names, or no regular files
     * @throws ClapException if it does not exist, cannot be read or holds no image
     */
    public static List<Path> list(Path folder, PassedOver others) {
        if (Files.isRegularFile(folder)) {
            return List.of(folder);
        }
        if (Files.notExists(folder)) {
            throw new ClapException("There is no file or folder " + folder);
        }
        if (!Files.isDirectory(folder)) {
            InputFiles.requireRegular(folder);
        }
        List<Path> images = new ArrayList<>();
        PassedOver here = new PassedOver();
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(file -> !Files.isDirectory(file) && !isHidden(folder.relativize(file)))
                    .forEach(file -> {
                        if (isImage(file) && Files.isRegularFile(file)) {
                            images.add(file);
                        } else {
                            here.add(file);
                            others.add(file);
                        }
                    });
        } catch (IOException e) {
            throw cannotList(folder, e);
        } catch (UncheckedIOException e) {
            throw cannotList(folder, e.getCause());
        }
        if (images.isEmpty()) {
            throw new ClapException("There are no images in " + folder
                    + (here.kinds().isEmpty() ? "" : ", only " + here.kinds()) + "; files called "
                    + ImageFormat.ENDINGS + " are looked for, in its subfolders too");
        }
        images.sort(Comparator.comparing(file -> id(folder, file)));
        return List.copyOf(images);
    }

    private static ClapException cannotList(Path folder, IOException e) {
        String below = e instanceof AccessDeniedException denied ? denied.getFile() + ": " : "";
        return new ClapException("Cannot list " + folder + ": " + below + IoReasons.of(e), e);
    }

    /** Whether the name ends as those of images that are read do. */
    public static boolean isImage(Path file) {
        return ImageFormat.isNamed(String.valueOf(file.getFileName()));
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
