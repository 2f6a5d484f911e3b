package dev.clap4j.pretraining;

import dev.clap4j.BadFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hand-made folders that are none of captioned images, with the exact message that each is refused with. */
final class BadCaptionedFolders {
    private static final String GOOD = "{\"image\": \"1.png\", \"caption\": \"one\"}\n";

    private final Path folder;
    private final List<BadFile> made = new ArrayList<>();

    private BadCaptionedFolders(Path folder) {
        this.folder = folder;
    }

    /** Makes them all under a folder. */
    static List<BadFile> create(Path folder) throws IOException {
        BadCaptionedFolders folders = new BadCaptionedFolders(folder);
        folders.createAll();
        return List.copyOf(folders.made);
    }

    private void createAll() throws IOException {
        Path none = Files.createDirectories(folder.resolve("no-captions"));
        made.add(new BadFile(
                "no-captions",
                none,
                "There is no " + none.resolve("captions.jsonl")
                        + ": a folder of captioned images needs one, with a line"
                        + " {\"image\": \"relative/path.png\", \"caption\": \"…\"} for every image"));
        add("empty", "", " has no lines: there is nothing to train on");
        add("blank", "\n  \n", " has no lines: there is nothing to train on");
        add("an-array", GOOD + "[1, 2]\n", ", line 2, should be an object {\"image\": …, \"caption\": …}");
        add("no-image", "\n" + GOOD + "{\"caption\": \"two\"}", ", line 3, should have a text \"image\", but has none");
        add(
                "no-caption",
                "{\"image\": \"1.png\", \"text\": \"one\"}",
                ", line 1, should have a text \"caption\", but has none");
        add(
                "number-caption",
                "{\"image\": \"1.png\", \"caption\": 7}",
                ", line 1, should have a text \"caption\", but it is 7");
        add(
                "empty-caption",
                "{\"image\": \"1.png\", \"caption\": \" \"}",
                ", line 1, should have a text \"caption\", but it is \" \"");
        add(
                "lost-image",
                GOOD + "{\"image\": \"2.png\", \"caption\": \"two\"}",
                ", line 2, names an image that is not there: 2.png");
        add(
                "folder-image",
                "{\"image\": \".\", \"caption\": \"all\"}",
                ", line 1, names an image that is not there: .");
        add(
                "outside",
                "{\"image\": \"../empty/1.png\", \"caption\": \"two\"}",
                ", line 1, names an image outside the folder: ../empty/1.png");
        add(
                "absolute",
                "{\"image\": \"/etc/passwd\", \"caption\": \"two\"}",
                ", line 1, names an image outside the folder: /etc/passwd");
        add("nul", "{\"image\": \"a\\u0000b\", \"caption\": \"two\"}", ", line 1, has an impossible image path");
        Path binary = folder("binary");
        Files.write(binary.resolve("captions.jsonl"), new byte[] {(byte) 0xC3, 0x28});
        made.add(new BadFile(
                "binary", binary, "Cannot read " + binary.resolve("captions.jsonl") + ": it is not UTF-8 text"));
    }

    private Path folder(String name) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        Files.writeString(made.resolve("1.png"), "no picture, but that shows later");
        return made;
    }

    private void add(String name, String captions, String message) throws IOException {
        Path file = folder(name).resolve("captions.jsonl");
        Files.writeString(file, captions, StandardCharsets.UTF_8);
        made.add(new BadFile(name, file.getParent(), file + message));
    }
}
