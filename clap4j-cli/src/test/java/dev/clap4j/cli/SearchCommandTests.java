package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import dev.clap4j.internal.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTests {
    @TempDir
    private Path folder;

    @Test
    void anIndexIsMadeAndSearchedWithHead() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.5f);
        Path images = SamplePictures.folder("photo/dog");
        Path index = folder.resolve("index");
        CommandRun made = CommandRun.of(
                "index", "--model", model, "--head", head, "--images", images, "--out", index, "--classes", "dog,cat");
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        assertThat(made.out()).startsWith("12 added, 0 updated");
        CommandRun found = CommandRun.of(
                "search", "--model", model, "--head", head, "--index", index, "a dog", "--not", "a cat", "--top", 3);
        assertThat(found.exitCode()).as(found.err()).isEqualTo(Clap.DONE);
        assertThat(found.out().lines().filter(line -> line.contains("photo/dog")))
                .hasSize(3);
        CommandRun json = CommandRun.of(
                "search", "--model", model, "--head", head, "--index", index, "a dog", "--json", "--under", folder);
        assertThat(json.out().strip()).isEqualTo("[ ]");

        CommandRun wordless = CommandRun.of(
                "index", "--model", model, "--images", images, "--out", index, "--template", "a sketch of a {class}");
        assertThat(wordless.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(wordless.err()).contains("give --classes or --classes-file");

        CommandRun headless = CommandRun.of("search", "--model", model, "--index", index, "a dog");
        assertThat(headless.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(headless.err()).contains("was made with the head");
        CommandRun nothing = CommandRun.of("search", "--model", model, "--index", index);
        assertThat(nothing.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(nothing.err()).contains("There is nothing to search for");
    }

    /** Names can neither steer the terminal nor break a line. */
    @Test
    void hostileFileNamesArePrintedVisibly() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path images = Files.createDirectory(folder.resolve("images"));
        Path picture = ImageFiles.list(SamplePictures.folder("photo/dog")).get(0);
        for (String name : List.of("\u001b[2J.png", "a\nb.png", "<script>.png", "--model.png", "ü 🐕.png")) {
            Files.copy(picture, images.resolve(name));
        }
        Path index = folder.resolve("index");
        CommandRun made = CommandRun.of("index", "--model", model, "--images", images, "--out", index);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        CommandRun found = CommandRun.of("search", "--model", model, "--index", index, "a dog");
        assertThat(found.out()).doesNotContain("\u001b").contains("\\u001b[2J.png", "a\\nb.png", "<script>.png");
    }
}
