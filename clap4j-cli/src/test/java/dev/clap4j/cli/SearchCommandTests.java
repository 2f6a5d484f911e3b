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

        CommandRun nothing = CommandRun.of("search", "--model", model, "--index", index);
        assertThat(nothing.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(nothing.err()).contains("There is nothing to search for");
    }

    /** Model, head and alpha are those of the index; others, and files that have moved, are refused. */
    @Test
    void theIndexKnowsItsModel() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.5f);
        Path index = folder.resolve("index");
        CommandRun made = CommandRun.of(
                "index",
                "--model",
                model,
                "--head",
                head,
                "--alpha",
                0.25,
                "--images",
                SamplePictures.folder("photo/dog"),
                "--out",
                index);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        CommandRun told = CommandRun.of(
                "search", "--model", model, "--head", head, "--alpha", 0.25, "--index", index, "a dog", "--json");
        assertThat(told.exitCode()).as(told.err()).isEqualTo(Clap.DONE);
        CommandRun alone = CommandRun.of("search", "--index", index, "a dog", "--json");
        assertThat(alone.exitCode()).as(alone.err()).isEqualTo(Clap.DONE);
        assertThat(alone.err()).isEmpty();
        assertThat(alone.out()).isEqualTo(told.out());
        refused(CommandRun.of("search", "--index", index, "a dog", "--alpha", 0.5), "was made with alpha 0.25");

        Path moved = Files.move(head, folder.resolve("moved.safetensors"));
        refused(CommandRun.of("search", "--index", index, "a dog"), "which is no longer in " + head);
        Path run = folder.resolve("run");
        CommandRun trained = CommandRun.of(
                "train", "--model", model, "--classes", "dog,cat", "--steps", 20, "--check-every", 10, "--out", run);
        assertThat(trained.exitCode()).as(trained.err()).isEqualTo(Clap.DONE);
        Files.copy(run.resolve("head.safetensors"), head);
        refused(CommandRun.of("search", "--index", index, "a dog"), "but in " + head + " is now ");
        refused(CommandRun.of("search", "--index", index, "a dog", "--head", head), "was made with the head");
        Files.move(model, folder.resolve("elsewhere"));
        refused(
                CommandRun.of("search", "--index", index, "a dog", "--head", moved),
                "which cannot be opened: There is no file or folder " + model);
        CommandRun again = CommandRun.of(
                "search", "--index", index, "a dog", "--head", moved, "--model", folder.resolve("elsewhere"), "--json");
        assertThat(again.out()).isEqualTo(told.out());
    }

    private static void refused(CommandRun run, String reason) {
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).contains(reason).contains("clap: ");
        assertThat(run.out()).isEmpty();
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
