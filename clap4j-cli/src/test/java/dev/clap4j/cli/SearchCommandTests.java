package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.ChildProcess;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.SamplePictures;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.search.ImageIndexing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        assertThat(json.err()).isEqualTo("clap: none of the index's pictures (12) meets --under\n");
        CommandRun nowhere = CommandRun.of(
                "search", "--index", index, "a dog", "--under", folder, "--style", "photo", "--not-style", "sketch");
        assertThat(nowhere.exitCode()).as(nowhere.err()).isEqualTo(Clap.DONE);
        assertThat(nowhere.out()).isEmpty();
        assertThat(nowhere.err()).contains("(12) meets --style and --not-style and --under\n");

        CommandRun again = CommandRun.of(
                "index", "--model", model, "--head", head, "--images", images, "--out", index, "--classes", "cat");
        assertThat(again.out())
                .isEqualTo(
                        String.format(
                                "0 added, 0 updated, 12 unchanged, 0 removed; 12 now have new classes; 0 went through the model%n"));

        CommandRun wordless = CommandRun.of(
                "index", "--model", model, "--images", images, "--out", index, "--template", "a sketch of a {class}");
        assertThat(wordless.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(wordless.err()).contains("give --classes or --classes-file");

        CommandRun nothing = CommandRun.of("search", "--model", model, "--index", index);
        assertThat(nothing.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(nothing.err()).contains("There is nothing to search for");
    }

    /** Others can search from the beginning, when there is nothing to be found. */
    @Test
    void anEmptyIndexIsSaidToBeEmpty() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path index = folder.resolve("index");
        List<CommandRun> runs = new ArrayList<>();
        Progress searching = new Progress() {
            @Override
            public void begin(String part, long steps, long before) {
                if (runs.isEmpty()) {
                    runs.add(CommandRun.of("search", "--index", index, "--model", model, "a dog"));
                    runs.add(CommandRun.of("duplicates", "--index", index));
                    runs.add(CommandRun.of("search", "--index", index, "--model", model, "a dog", "--json"));
                }
            }
        };
        try (Clip clip = Clip.load(model)) {
            ImageIndexing.with(clip).update(index, List.of(SamplePictures.folder("photo/dog")), searching);
        }
        assertThat(runs).hasSize(3).allSatisfy(run -> {
            assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
            assertThat(run.err()).isEqualTo("clap: there are no pictures in the index " + index + " yet\n");
        });
        assertThat(runs.get(0).out()).isEmpty();
        assertThat(runs.get(2).out().strip()).isEqualTo("[ ]");
    }

    @Test
    void whereThereIsNoIndexTheCommandThatMakesOneIsNamed() throws IOException {
        Path pictures = SamplePictures.folder("photo/dog");
        for (String command : List.of("search", "duplicates", "serve")) {
            List<Object> words = new ArrayList<>(List.of(command, "--index", pictures));
            if (command.equals("search")) {
                words.add("a dog");
            }
            refused(CommandRun.of(words.toArray()), "The folder " + pictures + " holds no index; clap index makes one");
        }
    }

    @Test
    void textsAreCheckedLikeThoseOfOtherCommands() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path index = folder.resolve("index");
        String words = "dog ".repeat(99);
        CommandRun made = CommandRun.of(
                "index",
                "--model",
                model,
                "--images",
                SamplePictures.folder("photo/dog"),
                "--out",
                index,
                "--classes",
                "cat," + words);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        assertThat(made.err())
                .contains("clap: 1 of 2 texts have more than 77 tokens and are truncated, the first is: ");
        CommandRun cut = CommandRun.of("search", "--index", index, "a dog", "--not", words);
        assertThat(cut.exitCode()).as(cut.err()).isEqualTo(Clap.DONE);
        assertThat(cut.err())
                .contains("clap: 1 of 2 texts have more than 77 tokens and are truncated, the first is: dog dog");
        for (Object[] empty : List.of(new Object[] {""}, new Object[] {"a dog", "--not", " "})) {
            CommandRun run = CommandRun.of(Stream.concat(Stream.of("search", "--index", index), Stream.of(empty))
                    .toArray());
            assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
            assertThat(run.err()).contains("A text to search for is empty");
        }
    }

    @Test
    void picturesNoneOfWhichCanBeReadAreAnError() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(images.resolve("a.png"), "no picture");
        Path index = folder.resolve("index");
        refused(
                CommandRun.of("index", "--model", model, "--images", images, "--out", index),
                "No image can be read, so nothing is indexed: 1 of 1 failed");
        assertThat(index).doesNotExist();
    }

    /** Whoever made the index may not have others download anything. */
    @Test
    void theModelOfAnIndexIsNotDownloaded() throws IOException {
        Path index = folder.resolve("index");
        try (Clip clip = Clip.load(TinyModel.write(folder.resolve("model")))) {
            ImageIndexing.with(clip)
                    .withModelSource("no-such-owner/no-such-model")
                    .update(index, List.of(SamplePictures.folder("photo/dog")));
        }
        CommandRun run = CommandRun.of("search", "--index", index, "a dog");
        refused(run, "which is not on this machine; --model no-such-owner/no-such-model downloads it, if you trust it");
        CommandRun told = CommandRun.of("search", "--index", index, "--model", folder.resolve("model"), "a dog");
        assertThat(told.exitCode()).as(told.err()).isEqualTo(Clap.DONE);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatIsPassedOverIsNamed() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.copy(ImageFiles.list(SamplePictures.folder("photo/dog")).get(0), images.resolve("a.png"));
        Files.createSymbolicLink(images.resolve("loop"), images);
        Files.writeString(images.resolve("notes.txt"), "");
        CommandRun made =
                CommandRun.of("index", "--model", model, "--images", images, "--out", folder.resolve("index"));
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        assertThat(made.err())
                .contains(
                        "clap: ignored 2 files of unsupported kinds: 1 .txt, 1 link to a folder above it, the first at "
                                + images.resolve("loop"));
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
        refused(
                CommandRun.of("search", "--index", index, "a dog", "--alpha", 0.5),
                "was made with alpha 0.25, not 0.5; give");

        Path moved = Files.move(head, folder.resolve("moved.safetensors"));
        refused(
                CommandRun.of("search", "--index", index, "a dog"),
                "The head of the index is no longer in " + head + "; give it with --head");
        Path run = folder.resolve("run");
        CommandRun trained = CommandRun.of(
                "train", "--model", model, "--classes", "dog,cat", "--steps", 20, "--check-every", 10, "--out", run);
        assertThat(trained.exitCode()).as(trained.err()).isEqualTo(Clap.DONE);
        Files.copy(run.resolve("head.safetensors"), head);
        refused(
                CommandRun.of("search", "--index", index, "a dog"),
                "The head of the index was in " + head + ", where another one is now; give it");
        refused(
                CommandRun.of("search", "--index", index, "a dog", "--head", head),
                "was made with another head, the one that was in " + head);
        Files.move(model, folder.resolve("elsewhere"));
        refused(
                CommandRun.of("search", "--index", index, "a dog", "--head", moved),
                "which cannot be opened: There is no file or folder " + model);
        CommandRun again = CommandRun.of(
                "search", "--index", index, "a dog", "--head", moved, "--model", folder.resolve("elsewhere"), "--json");
        assertThat(again.out()).isEqualTo(told.out());
    }

    /** The results are printed nevertheless. */
    private static void refusedPage(CommandRun run, String reason) {
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("clap: ")
                .contains(reason);
        assertThat(run.out()).contains("similarity", ".png");
    }

    private static void refused(CommandRun run, String reason) {
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).contains(reason).contains("clap: ");
        assertThat(run.out()).isEmpty();
    }

    /** The page holds all that it shows, and names and queries can add nothing to it. */
    @Test
    void resultsAreShownOnAPage() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path images = Files.createDirectory(folder.resolve("images"));
        Path picture = ImageFiles.list(SamplePictures.folder("photo/dog")).get(0);
        for (String name : List.of("\"onerror=\"alert(1).png", "<script>alert(1)</script>.png", "gone.png")) {
            Files.copy(picture, images.resolve(name.replace("/", "\u2044")));
        }
        Path index = folder.resolve("index");
        CommandRun made = CommandRun.of("index", "--model", model, "--images", images, "--out", index);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        Files.delete(images.resolve("gone.png"));
        Path page = folder.resolve("page.html");
        CommandRun found = CommandRun.of("search", "--index", index, "<b>dog</b>", "--not", "a cat", "--page", page);
        assertThat(found.exitCode()).as(found.err()).isEqualTo(Clap.DONE);
        assertThat(found.out().lines()).hasSize(5);
        String html = Files.readString(page);
        assertThat(html)
                .contains("<h1>&lt;b&gt;dog&lt;/b&gt;, not a cat</h1>")
                .contains("&lt;script&gt;alert(1)&lt;\u2044script&gt;.png", "&quot;onerror=&quot;alert(1).png")
                .contains("<span class=\"missing\">There is no file ")
                .doesNotContain("<script", "http://", "https://", "\"onerror");
        assertThat(html.split("<img src=\"data:image/jpeg;base64,", -1)).hasSize(3);
        assertThat(html.split(" alt=\"", -1)).hasSize(3);

        CommandRun nothing = CommandRun.of("search", "--index", index, "a dog", "--under", folder, "--page", page);
        assertThat(nothing.exitCode()).as(nothing.err()).isEqualTo(Clap.DONE);
        CommandRun many = CommandRun.of("search", "--index", index, "a dog", "--top", 1001, "--page", page);
        assertThat(many.exitCode()).isEqualTo(Clap.WRONG_USE);
        CommandRun nowhere = CommandRun.of("search", "--index", index, "a dog", "--page", folder);
        refusedPage(nowhere, "Cannot write");
        Path kept = images.resolve("\"onerror=\"alert(1).png");
        refusedPage(CommandRun.of("search", "--index", index, "a dog", "--page", kept), "is no page of a search");
        assertThat(kept).hasSameBinaryContentAs(picture);
    }

    /** Lucene warns of this module on Java 17, and of its absence on later versions. */
    @Test
    void lucenesAdviceIsNotShown() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path index = folder.resolve("index");
        CommandRun made = CommandRun.of(
                "index", "--model", model, "--images", SamplePictures.folder("photo/dog"), "--out", index);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        ChildProcess.Result result = ChildProcess.java(Clap.class, "search", "--index", index.toString(), "a dog")
                .withOptions("--add-modules", "jdk.incubator.vector")
                .run();
        assertThat(result.exitCode()).isEqualTo(Clap.DONE);
        assertThat(result.err()).allMatch(line -> line.startsWith("WARNING: Using incubator modules"));
    }

    @Test
    void copiesAreListed() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path images = Files.createDirectory(folder.resolve("images"));
        List<Path> pictures = ImageFiles.list(SamplePictures.folder("photo/dog"));
        Files.copy(pictures.get(0), images.resolve("a.png"));
        Files.copy(pictures.get(0), images.resolve("b\nb.png"));
        Files.copy(pictures.get(1), images.resolve("other.png"));
        Path index = folder.resolve("index");
        CommandRun made = CommandRun.of("index", "--model", model, "--images", images, "--out", index);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        CommandRun words = CommandRun.of("duplicates", "--index", index, "--kind", "same,reencoded");
        assertThat(words.exitCode()).as(words.err()).isEqualTo(Clap.DONE);
        assertThat(words.out()).contains("same", "a.png", "b\\nb.png").doesNotContain("other.png");
        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of("duplicates", "--index", index, "--kind", "same", "--json")
                        .out());
        assertThat(json).hasSize(1);
        assertThat(json.at("/0/original/path").asText())
                .isEqualTo(images.resolve("a.png").toString());
        assertThat(json.at("/0/copies/0/kind").asText()).isEqualTo("same");
        assertThat(json.at("/0/copies/0/similarity").floatValue()).isCloseTo(1f, Offset.offset(1e-5f));
        for (Object[] wrong : List.of(
                new Object[] {"--threshold", 0.5},
                new Object[] {"--kind", "same", "--threshold", 2},
                new Object[] {"--kind", "none"})) {
            Object[] line = Stream.concat(Stream.of("duplicates", "--index", index), Stream.of(wrong))
                    .toArray();
            assertThat(CommandRun.of(line).exitCode()).isEqualTo(Clap.WRONG_USE);
        }
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
