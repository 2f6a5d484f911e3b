package dev.clap4j.experiment;

import dev.clap4j.BadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hand-made folders that are no data sets, with the exact message that each is refused with. */
public final class BadDatasets {
    private static final String SHAPES =
            "a data set is <root>/<domain>/<class>/<image>, or <root>/<class>/<image> for a single domain";

    private final Path folder;
    private final List<BadFile> made = new ArrayList<>();

    private BadDatasets(Path folder) {
        this.folder = folder;
    }

    /** Makes them all under a folder. */
    public static List<BadFile> create(Path folder) throws IOException {
        BadDatasets datasets = new BadDatasets(folder);
        datasets.createAll();
        return List.copyOf(datasets.made);
    }

    private void createAll() throws IOException {
        add("missing", "There is no folder %s; " + SHAPES);
        Files.writeString(folder.resolve("file.jpg"), "");
        add("file.jpg", "%s is a file where a folder is expected; " + SHAPES);
        add("empty", "%s has no folders in it; " + SHAPES, "empty/");
        add("flat", "%s has no folders in it, only 2 images; " + SHAPES, "flat/1.jpg", "flat/2.png");
        add(
                "no-images",
                "There are no images in the 2 folders of %s, only 1 .txt; " + SHAPES
                        + ", with images called .jpg, .png, .webp, .gif, .bmp, .tif, .ppm, .ico or .tga",
                "no-images/dog/notes.txt",
                "no-images/cat/");
        add(
                "mixed-depth",
                "%s mixes two depths: photo holds folders, as a domain does, but dog holds images, as a class does; "
                        + SHAPES,
                "mixed-depth/photo/dog/1.jpg",
                "mixed-depth/dog/1.jpg");
        add(
                "empty-class",
                "The class folder %s has no images; remove it or put images into it",
                Path.of("cat"),
                "empty-class/dog/1.jpg",
                "empty-class/cat/");
        add(
                "lacks-class",
                "The domain sketch of %s lacks the class cat, which other domains have;"
                        + " all domains must have the same classes",
                "lacks-class/photo/cat/1.jpg",
                "lacks-class/photo/dog/1.jpg",
                "lacks-class/sketch/dog/1.jpg");
        add(
                "lacks-classes",
                "The domain empty of %s lacks the classes cat, dog, which other domains have;"
                        + " all domains must have the same classes",
                "lacks-classes/photo/cat/1.jpg",
                "lacks-classes/photo/dog/1.jpg",
                "lacks-classes/empty/");
        add(
                "too-deep",
                "The class folder %s has no images, but folders, such as dog; " + SHAPES,
                Path.of("photo", "train"),
                "too-deep/photo/train/dog/1.jpg");
        add(
                "same-class-twice",
                "The folders Alarm_Clock and alarm clock of %s both stand for the class \"alarm clock\";"
                        + " rename or merge them",
                "same-class-twice/Alarm_Clock/1.jpg",
                "same-class-twice/alarm clock/1.jpg");
    }

    private void add(String name, String message, String... entries) throws IOException {
        add(name, message, Path.of(""), entries);
    }

    /** Entries that end in a slash are folders, others are files; the message names {@code about} below the root. */
    private void add(String name, String message, Path about, String... entries) throws IOException {
        for (String entry : entries) {
            Path path = folder.resolve(entry);
            if (entry.endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                Files.writeString(path, "");
            }
        }
        Path root = folder.resolve(name);
        made.add(new BadFile(name, root, message.formatted(root.resolve(about))));
    }
}
