package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.dataset.ImageCollection;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ReadableImages;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The training images of Im.Aug, generated from prompts and stored as {@code <class>/<prompt>/<image>}.
 *
 * @param folder the folder of the images
 * @param classes the class names
 * @param prompts the prompts in the order of the classes, and by folder name within a class
 * @param unreadable the images left out because they cannot be decoded
 */
public record PromptedImages(Path folder, List<String> classes, List<Prompt> prompts, List<UnreadableImage> unreadable)
        implements ImageCollection<PromptedImages> {
    /** Makes the lists unmodifiable. */
    public PromptedImages {
        Objects.requireNonNull(folder, "folder");
        classes = List.copyOf(Objects.requireNonNull(classes, "classes"));
        prompts = List.copyOf(Objects.requireNonNull(prompts, "prompts"));
        unreadable = List.copyOf(Objects.requireNonNull(unreadable, "unreadable"));
    }

    /** Creates a collection without unreadable images. */
    public PromptedImages(Path folder, List<String> classes, List<Prompt> prompts) {
        this(folder, classes, prompts, List.of());
    }

    /**
     * The images of one prompt.
     *
     * @param className the prompt's class
     * @param images the paths of the images within the folder, with slashes, sorted; at least one
     */
    public record Prompt(String className, List<String> images) {
        /** Makes the list unmodifiable. */
        public Prompt {
            Objects.requireNonNull(className, "className");
            images = List.copyOf(Objects.requireNonNull(images, "images"));
        }
    }

    /**
     * Finds the images of all classes in a folder. The classes are sorted by name.
     *
     * @param warnings receives a summary of ignored files
     * @throws ClapException if the folder has another structure
     */
    public static PromptedImages read(Path folder, Consumer<String> warnings) {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(warnings, "warnings");
        return new PromptedImagesReader(folder).read(warnings);
    }

    /**
     * Finds the images of the given classes.
     *
     * @param classes the classes in the desired order
     * @param warnings receives a summary of ignored files
     * @throws ClapException if the folder has another structure, or lacks a class
     */
    public static PromptedImages read(Path folder, List<String> classes, Consumer<String> warnings) {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(classes, "classes");
        Objects.requireNonNull(warnings, "warnings");
        return new PromptedImagesReader(folder).read(classes, warnings);
    }

    /**
     * Returns a copy without images that cannot be decoded, and without prompts that have no other images.
     *
     * @param progress advanced by every image checked
     * @throws ClapException if no image of a class can be decoded
     */
    @Override
    public PromptedImages readable(Progress progress) {
        List<Path> files = prompts.stream()
                .flatMap(prompt -> prompt.images().stream())
                .map(folder::resolve)
                .toList();
        List<UnreadableImage> bad = ReadableImages.unreadable(files, DecodeOptions.defaults(), progress);
        Set<Path> badFiles = bad.stream().map(UnreadableImage::file).collect(Collectors.toSet());
        List<Prompt> left = prompts.stream()
                .map(prompt -> new Prompt(
                        prompt.className(),
                        prompt.images().stream()
                                .filter(image -> !badFiles.contains(folder.resolve(image)))
                                .toList()))
                .filter(prompt -> !prompt.images().isEmpty())
                .toList();
        Set<String> kept = left.stream().map(Prompt::className).collect(Collectors.toSet());
        for (String name : classes) {
            if (!kept.contains(name)) {
                throw new ClapException("None of the images of the class " + name + " in " + folder
                        + " can be decoded; the first that cannot: "
                        + bad.get(0).reason());
            }
        }
        return new PromptedImages(folder, classes, left, bad);
    }

    /** Returns the number of images. */
    @Override
    public int size() {
        return prompts.stream().mapToInt(prompt -> prompt.images().size()).sum();
    }

    /** Returns the path and file digest of each image, which identify the images. */
    public List<String> describe() {
        return describe(Progress.NONE);
    }

    /**
     * Returns the path and file digest of each image, like {@link #describe()}.
     *
     * @param progress advanced by every image read
     * @throws dev.clap4j.StoppedException if the progress requests a stop
     */
    public List<String> describe(Progress progress) {
        FileDigests digests = FileDigests.ofUser();
        Steps steps = Steps.begin(progress, "reading images", size());
        return prompts.stream()
                .flatMap(prompt -> prompt.images().stream())
                .parallel()
                .map(image -> {
                    String digest = digests.of(folder.resolve(image));
                    steps.advance(1);
                    return image + " " + digest;
                })
                .toList();
    }
}
