package dev.clap4j.diffusion;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.prompt.ClassNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pictures of some classes, {@code <class>/<image>}.
 *
 * @param folder the folder of the classes
 * @param files the files of each class, sorted
 */
record ClassPictures(Path folder, Map<String, List<Path>> files) {
    /**
     * Finds the pictures of classes in a folder.
     *
     * @throws ClapException if a class has none, or the folder cannot be read
     */
    static ClassPictures read(Path folder, List<String> classes) {
        Map<String, Path> folders = new LinkedHashMap<>();
        for (Path inside : subfolders(folder)) {
            String name = ClassNames.fromFolder(inside.getFileName().toString());
            Path before = folders.put(name, inside);
            if (before != null) {
                throw ClassNames.sameClass(folder, before, inside);
            }
        }
        Map<String, List<Path>> files = new LinkedHashMap<>();
        for (String name : classes) {
            Path ofClass = folders.get(ClassNames.fromFolder(name));
            if (ofClass == null) {
                throw new ClapException("There are no pictures of the class \"" + name + "\" in " + folder
                        + "; they are looked for in a folder of that name");
            }
            files.put(name, ImageFiles.list(ofClass));
        }
        return new ClassPictures(folder, files);
    }

    private static List<Path> subfolders(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ClapException("There is no folder " + folder + " with a folder of pictures for each class");
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Chooses a picture of a class.
     *
     * @throws ClapException if the class is not one of these
     */
    Path choose(String className, long seed) {
        List<Path> pictures = files.get(className);
        if (pictures == null) {
            throw new ClapException(
                    "There are pictures of " + String.join(", ", files.keySet()) + ", not of " + className);
        }
        return pictures.get((int) Math.floorMod(seed, (long) pictures.size()));
    }

    /** Returns a digest of the paths and contents of all pictures, which depends on no order of the classes. */
    String fingerprint() {
        FileDigests digests = FileDigests.ofUser();
        return Digests.of(files.values().stream()
                .flatMap(List::stream)
                .map(file -> ImageFiles.id(folder, file) + " " + digests.of(file))
                .sorted()
                .collect(Collectors.joining("\n")));
    }
}
