package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.image.ImageFiles;
import dev.clap4j.io.FileNames;
import dev.clap4j.prompt.ClassNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Images made from prompts, in a folder {@code <class>/<prompt>/<image>}: what Im.Aug is trained on.
 *
 * @param folder where they lie
 * @param classes the names of their classes
 * @param prompts class by class, each class's sorted by the names of their folders
 */
public record PromptedImages(Path folder, List<String> classes, List<Prompt> prompts) {
    private static final String SHAPE =
            "the images to train on are <folder>/<class>/<prompt>/<image>, as clap synthesize makes them";
    private static final int NAMED = 3;

    /** Makes the lists unmodifiable. */
    public PromptedImages {
        classes = List.copyOf(classes);
        prompts = List.copyOf(prompts);
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
     * @throws ClapException if the folder has another shape
     */
    public static PromptedImages read(Path folder) {
        Map<String, Path> found = classFolders(folder);
        return read(folder, List.copyOf(found.keySet()), found);
    }

    /**
     * The images of some classes.
     *
     * @param classes in the order in which they are wanted
     * @throws ClapException if the folder has another shape, or has not all of the classes
     */
    public static PromptedImages read(Path folder, List<String> classes) {
        Map<String, Path> found = classFolders(folder);
        for (String name : classes) {
            if (folderOf(name, found) == null) {
                throw new ClapException(folder + " has no images of the class \"" + name + "\", only of "
                        + some(List.copyOf(found.keySet())) + "; make them with clap synthesize, or leave it out");
            }
        }
        return read(folder, classes, found);
    }

    private static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }

    private static PromptedImages read(Path folder, List<String> classes, Map<String, Path> found) {
        List<Prompt> prompts = new ArrayList<>();
        for (String name : classes) {
            for (Path prompt : promptFolders(folderOf(name, found))) {
                List<String> images = list(prompt).stream()
                        .filter(PromptedImages::isImage)
                        .map(file -> ImageFiles.id(folder, file))
                        .toList();
                if (images.isEmpty()) {
                    throw new ClapException("There are no images in " + prompt + "; " + SHAPE);
                }
                prompts.add(new Prompt(name, images));
            }
        }
        return new PromptedImages(folder, classes, prompts);
    }

    private static Map<String, Path> classFolders(Path folder) {
        if (Files.notExists(folder)) {
            throw new ClapException("There is no folder " + folder + "; " + SHAPE);
        }
        if (!Files.isDirectory(folder)) {
            throw new ClapException(folder + " is a file where a folder is expected; " + SHAPE);
        }
        Map<String, Path> classes = new TreeMap<>();
        for (Path entry : list(folder)) {
            if (Files.isDirectory(entry)) {
                String name = className(entry.getFileName().toString());
                Path other = classes.put(name, entry);
                if (other != null) {
                    throw ClassNames.sameClass(folder, other, entry);
                }
            }
        }
        if (classes.isEmpty()) {
            throw new ClapException(folder + " has no folders in it; " + SHAPE);
        }
        return classes;
    }

    /** What is written out in a folder's name stands for itself, the rest for a class in any spelling. */
    private static String className(String folder) {
        String name = FileNames.nameOfUnderscored(folder);
        return name.equals(folder.replace('_', ' ')) ? ClassNames.fromFolder(folder) : name;
    }

    private static Path folderOf(String className, Map<String, Path> folders) {
        Path exact = folders.get(className);
        return exact != null ? exact : folders.get(ClassNames.fromFolder(className));
    }

    private static List<Path> promptFolders(Path ofClass) {
        List<Path> inside = list(ofClass);
        if (inside.stream().anyMatch(PromptedImages::isImage)) {
            throw new ClapException("The class folder " + ofClass
                    + " holds images where it should have a folder for each prompt; " + SHAPE);
        }
        List<Path> folders = inside.stream().filter(Files::isDirectory).toList();
        if (folders.isEmpty()) {
            throw new ClapException("The class folder " + ofClass + " has no folders in it; " + SHAPE);
        }
        return folders;
    }

    private static boolean isImage(Path file) {
        return ImageFiles.isImage(file) && Files.isRegularFile(file);
    }

    /** What lies in a folder, sorted by name, without what is hidden. */
    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ClapException("Cannot list the folder " + folder + ": " + e, e);
        }
    }

    /** Each image with the size of its file, which is told apart from others by that. */
    public List<String> describe() {
        return prompts.stream()
                .flatMap(prompt -> prompt.images().stream())
                .map(image -> image + " " + size(folder.resolve(image)))
                .toList();
    }

    private static long size(Path image) {
        try {
            return Files.size(image);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + image + ": " + e, e);
        }
    }
}
