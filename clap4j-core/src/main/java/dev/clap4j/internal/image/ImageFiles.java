package dev.clap4j.internal.image;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.format.ImageFormat;
import dev.clap4j.internal.io.FilesBelow;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds image files in folders by their extensions. */
public final class ImageFiles {
    private ImageFiles() {}

    /** Lists all images below a folder, see {@link #list(Path, IgnoredFiles)}. */
    public static List<Path> list(Path folder) {
        return list(folder, new IgnoredFiles());
    }

    /**
     * Lists all images below a folder, sorted by path; files and folders whose names start with a dot are skipped. Links
     * are followed, unless they lead back to a folder that contains them. Files that go meanwhile are left out.
     *
     * @param folder a folder, or a single file, which is taken whatever its name
     * @param others collects files without an image extension, those that are not regular files, and links that lead back
     * @throws ClapException if the folder does not exist, cannot be read, or contains no image
     */
    public static List<Path> list(Path folder, IgnoredFiles others) {
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
        IgnoredFiles here = new IgnoredFiles();
        try {
            List<Path> files = FilesBelow.followingLinks(folder, below -> !isHidden(below));
            files.removeIf(ImageFiles::isHidden);
            for (Path file : files) {
                if (isImage(file) && Files.isRegularFile(file)) {
                    images.add(file);
                } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    here.add(file);
                    others.add(file);
                }
            }
        } catch (IOException e) {
            throw cannotList(folder, e);
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

    /** Returns whether a file has the extension of a supported kind. */
    public static boolean isImage(Path file) {
        return ImageFormat.isNamed(String.valueOf(file.getFileName()));
    }

    private static boolean isHidden(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".");
    }

    /** Returns the id of a file within its folder: its relative path, with slashes on every system. */
    public static String id(Path folder, Path image) {
        Path relative = image.equals(folder) ? image.getFileName() : folder.relativize(image);
        // Where the backslash is not a separator, it is an ordinary character.
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }
}
