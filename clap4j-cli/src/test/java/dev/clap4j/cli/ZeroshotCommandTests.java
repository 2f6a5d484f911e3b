package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.Faults;
import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static ScoreRows rows(Object... options) {
        List<Object> all = new ArrayList<>(List.of(options));
        all.add("--json");
        CommandRun run = zeroshot(all.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        return ScoreRows.of(run);
    }

    @Test
    void aCacheCannotBeNamedAndLeftOut() {
        CommandRun run = zeroshot("--cache", folder.resolve("refused"), "--no-cache");

        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).startsWith("clap: --cache keeps image features, --no-cache none; give one of them");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void clipStandsBesideClapInOneTable() {
        CommandRun run = zeroshot("--head", head, "--no-cache");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("Zero-shot");
        assertThat(lines.get(1)).matches("Method +Prompt +art_painting +cartoon +photo +sketch +Mean");
        assertThat(lines.get(3)).matches("CLIP +C( +[\\d.]+){5}");
        assertThat(lines.get(4)).matches(" +PC( +[\\d.]+){5}");
        assertThat(lines.get(7)).matches("CLAP +C( +[\\d.]+){5}");
        assertThat(lines.get(11)).isEqualTo("Accuracy in percent. 336 images, 7 classes.");
        assertThat(lines.get(14)).matches("Method +Mean of C, PC, CP +R +δ +Δ\\(NC\\)");
        assertThat(lines.get(16)).matches("CLIP( +[\\d.]+){3} +-?[\\d.]+");
        assertThat(lines.get(17)).matches("CLAP( +[\\d.]+){3} +-?[\\d.]+");
        assertThat(run.out()).contains("CLAP, compared with CLIP, is ");
    }

    @Test
    void aRunThatIsKeptHasScoresAndPlots() throws Exception {
        Path out = folder.resolve("kept");

        CommandRun run = zeroshot("--head", head, "--limit", 2, "--no-cache", "--out", out);

        assertThat(run.out().lines()).last().isEqualTo("Scores and plots are in " + out);
        CommandRun again = zeroshot("--head", head, "--limit", 2, "--no-cache", "--out", out);
        assertThat(again.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(again.err())
                .isEqualToIgnoringNewLines("clap: " + out
                        + " already holds a run; continue it with --resume, or replace it with --overwrite");
        assertThat(rows("--head", head, "--limit", 2, "--no-cache", "--out", out, "--resume"))
                .isEqualTo(ScoreRows.in(out))
                .isEqualTo(rows("--head", head, "--limit", 2, "--no-cache", "--out", out, "--overwrite"));
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("run.json", "scores.jsonl", "images.jsonl")
                    .anyMatch(name -> name.endsWith(".svg"));
        }
    }

    @Test
    void jsonIsARowForEachScore() {
        ScoreRows rows = rows("--head", head, "--alpha", "0,0.1", "--limit", 3, "--no-cache");

        ScoreRows clip = rows.with("method", "CLIP");
        ScoreRows accuracies = clip.with("measure", "zeroshot");
        assertThat(accuracies.values()).hasSize(4 * 4);
        assertThat(accuracies.each("prompt")).containsExactly("C", "PC", "CP", "NC");
        assertThat(rows.with("method", "CLAP").each("alpha")).containsExactly("0.0", "0.1");
        assertThat(clip.with("measure", "zeroshot-noise-drop").mean())
                .isCloseTo(
                        accuracies.with("prompt", "C").mean()
                                - accuracies.with("prompt", "NC").mean(),
                        within(1e-9));
        // At α = 0 a head that keeps the dimension does nothing, noise included.
        assertThat(rows.with("alpha", "0.0").values()).isEqualTo(clip.values());
        assertThat(rows.with("alpha", "0.1").values()).isNotEqualTo(clip.values());
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
            assertThat(ScoreRows.of(run).with("measure", "zeroshot").mean())
                    .isCloseTo(expected.get("accuracy_C_of_" + name).asDouble(), within(1e-9));
        }
    }

    @Test
    void theSameSeedGivesTheSameNoise() throws Exception {
        ScoreRows first = rows("--styles", "NC", "--seed", 5, "--noise-batch", 8, "--no-cache");

        assertThat(rows("--styles", "NC", "--seed", 5, "--noise-batch", 8, "--no-cache"))
                .isEqualTo(first);
    }

    @Test
    void featuresAreKeptAndGiveTheSameResult() throws Exception {
        Path cache = folder.resolve("cache");
        ScoreRows first = rows("--styles", "C", "--limit", 2, "--cache", cache);
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(file -> file.toString().endsWith(".safetensors")))
                    .hasSize(1);
        }

        assertThat(rows("--styles", "C", "--limit", 2, "--cache", cache)).isEqualTo(first);
        assertThat(rows("--styles", "C", "--limit", 2, "--no-cache")).isEqualTo(first);
    }

    @Test
    void ownTemplatesAreColumnsAndFilesAreEnsembles() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.txt"), "a drawing of a {class}\nart of the {class}\n");

        ScoreRows rows =
                rows("--template", "a blurry picture of a {class}", "--templates", file, "--limit", 2, "--no-cache");

        assertThat(rows.each("prompt")).containsExactly("a blurry picture of a {class}", "mine.txt");
        assertThat(rows.each("measure")).containsExactly("zeroshot");
    }

    @Test
    void alphaCanBeChosenWithoutLabels() {
        CommandRun run =
                zeroshot("--head", head, "--alpha", "auto", "--styles", "C", "--limit", 4, "--no-cache", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        String alpha = ScoreRows.of(run).with("method", "CLAP").each("alpha").get(0);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "clap: CLAP: α=" + alpha + " was chosen by the prompts and the images, without labels");
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

        ScoreRows rows = rows(options);

        assertThat(rows.each("method")).containsExactly("CLIP", "CLAP", "Im.Aug");
        assertThat(rows.with("method", "CLAP").each("alpha")).containsExactly("0.0", "0.25");
        assertThat(rows.with("method", "Im.Aug").each("alpha")).hasSize(1);
        assertThat(rows.with("alpha", "0.0", "method", "CLAP").values())
                .isEqualTo(rows.with("method", "CLIP").values());
        // The same as each head alone.
        assertThat(rows("--head", head, "--styles", "C,PC,CP", "--limit", 10, "--no-cache")
                        .with("method", "CLAP"))
                .isEqualTo(rows.with("method", "CLAP", "alpha", "0.25"));
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.get("heads").fieldNames()).toIterable().containsExactly("CLAP", "Im.Aug");

        List<Object> again = new ArrayList<>(List.of(options));
        again.add("--overwrite");
        CommandRun table = zeroshot(again.toArray());
        assertThat(table.out().lines())
                .filteredOn(line -> line.matches("(CLAP \\(alpha 0\\.(0|25)\\)|Im\\.Aug) +C .*"))
                .hasSize(3);
        assertThat(table.err()).containsPattern("clap: Im\\.Aug: α=[\\d.]+ was chosen by the prompts and the images");
    }

    @Test
    void severalModelsStandBesideOneAnother() throws Exception {
        Path other = folder.resolve("other-model");
        RandomCheckpoint.write("tiny", 2, Optional.of(SampleVocabulary.file()), other);
        Object[] options = {"--model", other, "--head", head, "--styles", "C", "--limit", 2, "--no-cache"};
        Path out = folder.resolve("models");

        ScoreRows both = rows(append(options, "--out", out));

        List<String> models = both.each("model");
        assertThat(models).hasSize(2);
        assertThat(both.with("model", models.get(0)).each("method")).containsExactly("CLIP", "CLAP");
        ScoreRows alone = rows("--head", head, "--styles", "C", "--limit", 2, "--no-cache");
        assertThat(both.with("model", models.get(0)).values()).isEqualTo(alone.values());
        assertThat(alone.each("model")).containsExactly("");
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.get("models").fieldNames()).toIterable().isEqualTo(models);

        CommandRun twice = zeroshot(append(options, "--model", other));
        assertThat(twice.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(twice.err()).startsWith("clap: ").contains("twice");
    }

    private static Object[] append(Object[] options, Object... more) {
        return Stream.of(options, more).flatMap(Stream::of).toArray();
    }

    @Test
    void someClassesAndDomainsCanBeTaken() {
        CommandRun run = zeroshot("--classes", "dog,horse", "--domain", "sketch", "--styles", "C", "--no-cache");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).contains("24 images, 2 classes").doesNotContain("photo");
        CommandRun none = zeroshot("--domain", "paintings");
        assertThat(none.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(none.err()).startsWith("clap: There is no domain paintings in ");
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
        assertThat(batch.err()).startsWith("clap: At least one image shares a draw of noise, not 0");

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
