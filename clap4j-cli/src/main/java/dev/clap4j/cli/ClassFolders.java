package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A folder for each class, into which images are sorted. Nothing that is there is replaced: the same image is not put there
 * again, and another one of the same name gets a part of its digest into its name. So whoever sorts the same images again
 * changes nothing.
 */
final class ClassFolders implements AutoCloseable {
    /** Hexadecimal digits that tell images of the same name apart. */
    private static final int DIGITS = 8;

    enum Way {
        COPY("copied"),
        LINK("linked"),
        /** A dry run: only reports the destination. */
        DRY_RUN("would be put there");

        private final String done;

        Way(String done) {
            this.done = done;
        }
    }

    private final Way way;
    private final Map<String, Path> folders = new HashMap<>();
    /** Files that a dry run would have added, by lower-case name, since some file systems ignore case. */
    private final Map<String, Path> planned = new HashMap<>();

    private final FolderLock lock;
    private int placed;
    private int present;

    private ClassFolders(Way way, FolderLock lock) {
        this.way = way;
        this.lock = lock;
    }

    /** Opens a folder for each class; nobody else may write them until they are closed. */
    static ClassFolders open(Path root, List<String> classes, Way way) {
        List<String> names = FileNames.distinct(classes);
        ClassFolders folders = new ClassFolders(way, way == Way.DRY_RUN ? null : FolderLock.take(root));
        for (int i = 0; i < names.size(); i++) {
            folders.folders.put(classes.get(i), root.resolve(names.get(i)));
        }
        return folders;
    }

    /** Puts an image into the folder of its class, and returns where it is now, or would be. */
    Path put(Path image, String className) {
        Path folder = folders.get(className);
        String name = image.getFileName().toString();
        try {
            Path target = folder.resolve(name);
            Path there = occupant(target);
            if (there != null && !same(image, there)) {
                target = folder.resolve(marked(name, image));
                there = occupant(target);
            }
            if (there == null) {
                put(image, target);
            } else if (same(image, there)) {
                present++;
            } else {
                throw new ClapException("Cannot sort " + image + " into " + folder + ": " + target.getFileName()
                        + " is there already, with other content");
            }
            return target;
        } catch (IOException e) {
            throw new ClapException("Cannot sort " + image + " into " + folder + ": " + IoReasons.of(e), e);
        }
    }

    private void put(Path image, Path target) {
        switch (way) {
            case COPY -> AtomicFiles.copyNew(image, target);
            case LINK -> AtomicFiles.linkNew(image, target);
            case DRY_RUN -> planned.put(key(target), image);
        }
        placed++;
    }

    /** Returns the existing file of a name; null if there is none. */
    private Path occupant(Path target) {
        return Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? target : planned.get(key(target));
    }

    private static String key(Path target) {
        return target.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean same(Path image, Path there) throws IOException {
        try {
            return Files.isSameFile(image, there)
                    || (Files.isRegularFile(there)
                            && Files.size(image) == Files.size(there)
                            && Files.mismatch(image, there) < 0);
        } catch (NoSuchFileException e) {
            return false; // A link that leads nowhere.
        }
    }

    /** {@code dog.jpg} as {@code dog-1a2b3c4d.jpg}. */
    private static String marked(String name, Path image) {
        int dot = name.lastIndexOf('.');
        int end = dot < 1 ? name.length() : dot;
        return name.substring(0, end) + "-" + FileDigests.ofUser().of(image).substring(0, DIGITS) + name.substring(end);
    }

    /** Returns the number of images added, and of those already there. */
    String summary() {
        return placed
                + (placed == 1 ? " image " : " images ")
                + way.done
                + (present == 0 ? "" : ", " + present + (present == 1 ? " is" : " are") + " there already");
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }
}
