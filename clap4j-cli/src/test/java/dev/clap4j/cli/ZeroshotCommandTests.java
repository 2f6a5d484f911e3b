package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.Faults;
import dev.clap4j.SamplePictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZeroshotCommandTests {
    @TempDir
    static Path folder;

    private static Path model;
    private static Path head;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
        head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.25f);
    }

    private static CommandRun zeroshot(Object... options) {
        List<Object> all = new ArrayList<>(List.of("zeroshot", "--model", model, "--data", SamplePictures.folder()));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray());
    }

    private static JsonNode json(Object... options) throws Exception {
        List<Object> all = new ArrayList<>(List.of(options));
        all.add("--json");
        CommandRun run = zeroshot(all.toArray());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void clipStandsBesideClapInOneTable() {
        CommandRun run = zeroshot("--head", head, "--no-cache");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).matches("Method +Prompt +art_painting +cartoon +photo +sketch +Mean +R +δ +Δ\\(NC\\)");
        assertThat(lines).hasSize(2 + 2 * 4 + 1);
        assertThat(lines.get(2)).matches("CLIP +C( +[\\d.]+){7} +-?[\\d.]+");
        assertThat(lines.get(3)).matches(" +PC( +[\\d.]+){5}");
        assertThat(lines.get(6)).matches("CLAP α=0.25 +C( +[\\d.]+){7} +-?[\\d.]+");
        assertThat(lines.get(10)).isEqualTo("336 images, 7 classes, accuracy in %");
    }

    @Test
    void jsonHoldsEveryFigure() throws Exception {
        JsonNode report = json("--head", head, "--alpha", "0,0.1", "--limit", 3, "--no-cache");

        assertThat(report.get("images").asInt()).isEqualTo(4 * 7 * 3);
        assertThat(report.get("classes")).hasSize(7);
        assertThat(report.get("methods")).hasSize(3);
        JsonNode clip = report.get("methods").get(0);
        assertThat(clip.get("method").asText()).isEqualTo("CLIP");
        assertThat(clip.get("prompts")).hasSize(4);
        assertThat(clip.at("/prompts/0/accuracy").size()).isEqualTo(4);
        assertThat(clip.get("noiseDrop").asDouble())
                .isEqualTo(clip.at("/prompts/0/mean").asDouble()
                        - clip.at("/prompts/3/mean").asDouble());
        // At α = 0 a head that keeps the dimension does nothing, noise included.
        assertThat(report.get("methods").get(1).get("prompts")).isEqualTo(clip.get("prompts"));
    }

    /** Two models that agree in most of their weights; accuracies of the reference implementation. */
    @Test
    void featuresOfOneModelAreNotTakenForAnothers() throws Exception {
        Path fault = Faults.file("fingerprint-collision");
        JsonNode expected =
                new ObjectMapper().readTree(fault.resolve("expected.json").toFile());
        for (String name : List.of("a", "b", "a")) {
            CommandRun run = CommandRun.of(
                    "zeroshot",
                    "--model",
                    fault.resolve(name),
                    "--data",
                    fault.resolve("data"),
                    "--styles",
                    "C",
                    "--cache",
                    folder.resolve("cache"),
                    "--json");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
            assertThat(new ObjectMapper()
                            .readTree(run.out())
                            .at("/methods/0/prompts/0/mean")
                            .asDouble())
                    .isEqualTo(expected.get("accuracy_C_of_" + name).asDouble());
        }
    }

    @Test
    void theSameSeedGivesTheSameNoise() throws Exception {
        JsonNode first = json("--styles", "NC", "--seed", 5, "--noise-batch", 8, "--no-cache");

        assertThat(json("--styles", "NC", "--seed", 5, "--noise-batch", 8, "--no-cache"))
                .isEqualTo(first);
    }

    @Test
    void featuresAreKeptAndGiveTheSameResult() throws Exception {
        Path cache = folder.resolve("cache");
        JsonNode first = json("--styles", "C", "--limit", 2, "--cache", cache);
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(file -> file.toString().endsWith(".safetensors")))
                    .hasSize(1);
        }

        assertThat(json("--styles", "C", "--limit", 2, "--cache", cache)).isEqualTo(first);
        assertThat(json("--styles", "C", "--limit", 2, "--no-cache")).isEqualTo(first);
    }

    @Test
    void ownTemplatesAreColumnsAndFilesAreEnsembles() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.txt"), "a drawing of a {class}\nart of the {class}\n");

        JsonNode report =
                json("--template", "a blurry picture of a {class}", "--templates", file, "--limit", 2, "--no-cache");

        assertThat(report.at("/methods/0/prompts"))
                .extracting(prompt -> prompt.get("prompt").asText())
                .containsExactly("a blurry picture of a {class}", "mine.txt");
        assertThat(report.at("/methods/0/range").isNull()).isTrue();
    }

    @Test
    void alphaCanBeChosenWithoutLabels() throws Exception {
        JsonNode report = json("--head", head, "--alpha", "auto", "--styles", "C", "--limit", 4, "--no-cache");

        assertThat(report.at("/selections/CLAP/fromImages").asBoolean()).isTrue();
        assertThat(report.at("/selections/CLAP/candidates").size()).isEqualTo(13);
        assertThat(report.at("/methods/1/alpha")).isEqualTo(report.at("/selections/CLAP/alpha"));

        CommandRun table = zeroshot("--head", head, "--alpha", "auto", "--styles", "C", "--limit", 4, "--no-cache");
        assertThat(table.out()).contains(" was chosen by the prompts and the images, without labels");
    }

    @Test
    void severalHeadsStandBesideOneAnother() throws Exception {
        Path other = TinyModel.writeHead(folder.resolve("other.safetensors"), 0.5f);
        Path out = folder.resolve("several");
        Object[] options = {
            "--head",
            "CLAP=" + head,
            "--head",
            "Im.Aug=" + other,
            "--alpha",
            "CLAP=0,0.25",
            "--alpha",
            "auto",
            "--styles",
            "C,PC,CP",
            "--limit",
            10,
            "--no-cache",
            "--out",
            out
        };

        JsonNode report = json(options);

        List<String> names = List.of("CLIP", "CLAP α=0.0", "CLAP α=0.25");
        assertThat(report.get("methods"))
                .extracting(m -> m.get("method").asText())
                .hasSize(4)
                .startsWith(names.toArray(String[]::new));
        assertThat(report.at("/methods/3/method").asText())
                .isEqualTo("Im.Aug α=" + report.at("/selections/Im.Aug/alpha").asText());
        assertThat(report.get("selections").size()).isEqualTo(1);
        assertThat(report.at("/methods/1/prompts")).isEqualTo(report.at("/methods/0/prompts"));
        // The same as each head alone.
        assertThat(json("--head", head, "--styles", "C,PC,CP", "--limit", 10, "--no-cache")
                        .at("/methods/1"))
                .isEqualTo(report.at("/methods/2"));
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.at("/options/alpha").asText()).isEqualTo("CLAP [0.0, 0.25], Im.Aug auto");
        assertThat(record.get("heads").size()).isEqualTo(3);

        CommandRun table = zeroshot(options);
        assertThat(table.out().lines().filter(line -> line.startsWith("CLAP α=") || line.startsWith("Im.Aug α=")))
                .hasSize(3);
        assertThat(table.out()).containsPattern("(?m)^α=[\\d.]+ was chosen by the prompts and the images");
    }

    @Test
    void mistakesAreExplained() {
        CommandRun twice = zeroshot("--head", head, "--head", head);
        assertThat(twice.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(twice.err()).startsWith("clap: Two methods are called CLAP; give each head its own name");

        CommandRun alpha = zeroshot("--alpha", "0.1");
        assertThat(alpha.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(alpha.err()).startsWith("clap: --alpha applies to a head; give one with --head");

        CommandRun style = zeroshot("--styles", "D");
        assertThat(style.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(style.err()).startsWith("clap: Unknown prompt style \"D\"");

        CommandRun batch = zeroshot("--noise-batch", "0");
        assertThat(batch.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(batch.err()).startsWith("clap: At least one image must share a draw of noise: --noise-batch is 0");

        CommandRun strength = zeroshot("--head", head, "--alpha", "foo");
        assertThat(strength.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(strength.err()).contains("clap: \"foo\" is no alpha");
    }

    @Test
    void strayFilesAreCountedInOneLine() throws Exception {
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("dog"));
        try (Stream<Path> images = Files.list(SamplePictures.folder("photo/dog"))) {
            Files.copy(images.findFirst().orElseThrow(), data.resolve("dog/1.jpg"));
        }
        for (int i = 0; i < 8; i++) {
            Files.writeString(data.resolve("dog/" + i + ".txt"), "");
        }

        CommandRun run = CommandRun.of("zeroshot", "--model", model, "--data", data, "--no-cache");

        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.err()).isEqualToIgnoringNewLines("clap: ignored 8 files of unsupported kinds: 8 .txt");
    }
}
