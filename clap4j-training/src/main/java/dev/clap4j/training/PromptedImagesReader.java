package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.image.IgnoredFiles;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.prompt.ClassNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds the images of prompts in a folder, and explains what is wrong if its structure differs. */
final class PromptedImagesReader {
    private static final String SHAPE = "the images to train on are <folder>/<class>/<prompt>/<image>";
    private static final int NAMED = 3;

    private final Path folder;
    private final IgnoredFiles others = new IgnoredFiles();

    PromptedImagesReader(Path folder) {
        this.folder = folder;
    }

    PromptedImages read(Consumer<String> warnings) {
        Map<String, Path> found = classFolders();
        return read(List.copyOf(found.keySet()), found, warnings);
    }

    PromptedImages read(List<String> classes, Consumer<String> warnings) {
        Map<String, Path> found = classFolders();
        for (String name : classes) {
            if (folderOf(name, found) == null) {
                throw new ClapException(
                        Problem.NO_PROMPTED_IMAGES,
                        folder + " has no images of the class \"" + name + "\", only of "
                                + some(List.copyOf(found.keySet())) + "; add some, or leave the class out");
            }
        }
        return read(classes, found, warnings);
    }

    private static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }

    private PromptedImages read(List<String> classes, Map<String, Path> found, Consumer<String> warnings) {
        List<PromptedImages.Prompt> prompts = new ArrayList<>();
        for (String name : classes) {
            for (Path prompt : promptFolders(folderOf(name, found))) {
                List<Path> inside = list(prompt);
                inside.stream().filter(file -> !isImage(file)).forEach(others::add);
                List<String> images = inside.stream()
                        .filter(PromptedImagesReader::isImage)
                        .map(file -> ImageFiles.id(folder, file))
                        .toList();
                if (images.isEmpty()) {
                    throw misshapen("There are no images in " + prompt);
                }
                prompts.add(new PromptedImages.Prompt(name, images));
            }
        }
        others.summary().ifPresent(warnings);
        return new PromptedImages(folder, classes, prompts);
    }

    private Map<String, Path> classFolders() {
        if (Files.notExists(folder)) {
            throw misshapen("There is no folder " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw misshapen(folder + " is a file where a folder is expected");
        }
        Map<String, Path> classes = new TreeMap<>();
        for (Path entry : list(folder)) {
            if (!Files.isDirectory(entry)) {
                others.add(entry);
                continue;
            }
            String name = className(entry.getFileName().toString());
            Path other = classes.put(name, entry);
            if (other != null) {
                throw ClassNames.sameClass(folder, other, entry);
            }
        }
        if (classes.isEmpty()) {
            throw misshapen(folder + " has no folders in it");
        }
        return classes;
    }

    /**
     * Returns the class of a folder. A folder name with escapes gives the exact class name; any other is converted by
     * {@link ClassNames#fromFolder}.
     */
    private static String className(String folder) {
        String name = FileNames.nameOfUnderscored(folder);
        return name.equals(folder.replace('_', ' ')) ? ClassNames.fromFolder(folder) : name;
    }

    private static Path folderOf(String className, Map<String, Path> folders) {
        Path exact = folders.get(className);
        return exact != null ? exact : folders.get(ClassNames.fromFolder(className));
    }

    private List<Path> promptFolders(Path ofClass) {
        List<Path> inside = list(ofClass);
        if (inside.stream().anyMatch(PromptedImagesReader::isImage)) {
            throw misshapen(
                    "The class folder " + ofClass + " holds images where it should have a folder for each prompt");
        }
        inside.stream().filter(entry -> !Files.isDirectory(entry)).forEach(others::add);
        List<Path> folders = inside.stream().filter(Files::isDirectory).toList();
        if (folders.isEmpty()) {
            throw misshapen("The class folder " + ofClass + " has no folders in it");
        }
        return folders;
    }

    private static ClapException misshapen(String what) {
        return new ClapException(Problem.NO_PROMPTED_IMAGES, what + "; " + SHAPE);
    }

    private static boolean isImage(Path file) {
        return ImageFiles.isImage(file) && Files.isRegularFile(file);
    }

    /** Returns the entries of a folder except hidden ones, sorted by name. */
    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ClapException("Cannot list the folder " + folder + ": " + IoReasons.of(e), e);
        }
    }
}
