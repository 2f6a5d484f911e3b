package dev.clap4j.training;

import dev.clap4j.BadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The catalogue of folders that are not images made from prompts. */
public final class BadPromptedImages {
    private static final String SHAPE = "; the images to train on are <folder>/<class>/<prompt>/<image>";

    private BadPromptedImages() {}

    static List<BadFile> create(Path temporary) throws IOException {
        Path absent = temporary.resolve("absent");
        Path file = Files.writeString(temporary.resolve("file"), "");
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        Path flat = temporary.resolve("flat");
        put(flat.resolve("dog/1.png"));
        Path noPrompts =
                Files.createDirectories(temporary.resolve("no-prompts/dog")).getParent();
        Path noImages = Files.createDirectories(temporary.resolve("no-images/dog/a_red_dog"));
        Path deep = temporary.resolve("deep");
        put(deep.resolve("photo/dog/1/2.png"));
        Path twice = temporary.resolve("twice");
        put(twice.resolve("Fire_Truck/a_fire_truck/0.png"));
        put(twice.resolve("fire truck/a_fire_truck/0.png"));
        return List.of(
                new BadFile("absent", absent, "There is no folder " + absent + SHAPE),
                new BadFile("a file", file, file + " is a file where a folder is expected" + SHAPE),
                new BadFile("empty", empty, empty + " has no folders in it" + SHAPE),
                new BadFile(
                        "images without prompts",
                        flat,
                        "The class folder " + flat.resolve("dog")
                                + " holds images where it should have a folder for each prompt" + SHAPE),
                new BadFile(
                        "a class without prompts",
                        noPrompts,
                        "The class folder " + noPrompts.resolve("dog") + " has no folders in it" + SHAPE),
                new BadFile(
                        "a prompt without images",
                        noImages.getParent().getParent(),
                        "There are no images in " + noImages + SHAPE),
                new BadFile("domains", deep, "There are no images in " + deep.resolve("photo/dog") + SHAPE),
                new BadFile(
                        "one class twice",
                        twice,
                        "The folders Fire_Truck and fire truck of " + twice
                                + " both stand for the class \"fire truck\"; rename or merge them"));
    }

    public static void put(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1, 2, 3});
    }
}
