package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ReadableImages;
import dev.clap4j.internal.image.UnreadableImage;
import dev.clap4j.internal.io.FileDigests;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Images made from prompts, in a folder {@code <class>/<prompt>/<image>}: what Im.Aug is trained on.
 *
 * @param folder where they lie
 * @param classes the names of their classes
 * @param prompts class by class, each class's sorted by the names of their folders
 * @param unreadable images that were left out since they cannot be decoded
 */
public record PromptedImages(
        Path folder, List<String> classes, List<Prompt> prompts, List<UnreadableImage> unreadable) {
    /** Makes the lists unmodifiable. */
    public PromptedImages {
        classes = List.copyOf(classes);
        prompts = List.copyOf(prompts);
        unreadable = List.copyOf(unreadable);
    }

    /** Images of which none was left out. */
    public PromptedImages(Path folder, List<String> classes, List<Prompt> prompts) {
        this(folder, classes, prompts, List.of());
    }

    /**
     * The images of a prompt.
     *
     * @param className its class
     * @param images how they are called within the folder: their paths from there, with slashes, sorted; at least one
     */
    public record Prompt(String className, List<String> images) {
        /** Makes the list unmodifiable. */
        public Prompt {
            images = List.copyOf(images);
        }
    }

    /**
     * The images of all classes in a folder, which are sorted by name.
     *
     * @param warnings told of files that are passed over
     * @throws ClapException if the folder has another shape
     */
    public static PromptedImages read(Path folder, Consumer<String> warnings) {
        return new PromptedImagesReader(folder).read(warnings);
    }

    /**
     * The images of some classes.
     *
     * @param classes in the order in which they are wanted
     * @param warnings told of files that are passed over
     * @throws ClapException if the folder has another shape, or has not all of the classes
     */
    public static PromptedImages read(Path folder, List<String> classes, Consumer<String> warnings) {
        return new PromptedImagesReader(folder).read(classes, warnings);
    }

    /**
     * The same as if the images that cannot be decoded were not there, nor prompts that have no other.
     *
     * @param progress told of every image that was tried
     * @throws ClapException if a class loses all of its images
     */
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

    /** The number of images. */
    public int size() {
        return prompts.stream().mapToInt(prompt -> prompt.images().size()).sum();
    }

    /** Each image with the digest of its file, by which it is told apart from others. */
    public List<String> describe() {
        FileDigests digests = FileDigests.ofUser();
        return prompts.stream()
                .flatMap(prompt -> prompt.images().stream())
                .parallel()
                .map(image -> image + " " + digests.of(folder.resolve(image)))
                .toList();
    }
}
