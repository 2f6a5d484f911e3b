package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.prompt.PromptStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerunCommandTests {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private Path model;
    private Path head;
    private Path data;
    private Path first;
    private Path second;

    @BeforeEach
    void run() throws IOException {
        model = TinyModel.write(folder.resolve("model"));
        head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.25f);
        data = folder.resolve("data");
        for (String name : new String[] {"dog", "horse"}) {
            Files.createDirectories(data.resolve(name));
            try (var images = Files.list(SamplePictures.folder("photo/" + name))) {
                for (Path image : images.sorted().limit(3).toList()) {
                    Files.copy(image, data.resolve(name).resolve(image.getFileName()));
                }
            }
        }
        first = folder.resolve("first run");
        second = folder.resolve("second");
        CommandRun run = CommandRun.of(
                "zeroshot", "--model", model, "--head", head, "--data", data, "--no-cache", "--json", "--out", first);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
    }

    private CommandRun rerun(Object... options) {
        Object[] words = new Object[options.length + 4];
        System.arraycopy(new Object[] {"rerun", first, "--out", second}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        return CommandRun.of(words);
    }

    @Test
    void aRunGivesTheSameScoresToTheLastBit() throws IOException {
        int values = PromptStyle.values().length * 2 + 2 * 4;

        CommandRun run = rerun();

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out())
                .startsWith("Zero-shot")
                .endsWith(String.format("Of %d values%n  %d are equal to the last bit%n", values, values));
        assertThat(second.resolve("scores.jsonl")).hasSameTextualContentAs(first.resolve("scores.jsonl"));
        assertThat(JSON.readTree(second.resolve("run.json").toFile()).get("command"))
                .isEqualTo(JSON.readTree(first.resolve("run.json").toFile()).get("command"));
    }

    @Test
    void machinesGetCounts() throws IOException {
        CommandRun run = rerun("--json");

        JsonNode counts = JSON.readTree(run.out());
        assertThat(counts.get("equal").asInt()).isPositive();
        assertThat(counts.get("rounded").asInt()).isZero();
        assertThat(counts.get("different").asInt()).isZero();
        assertThat(counts.get("missing").asInt()).isZero();
    }

    @Test
    void aScoreThatChangedIsNamed() throws IOException {
        Path scores = first.resolve("scores.jsonl");
        StringBuilder changed = new StringBuilder();
        for (String line : Files.readAllLines(scores)) {
            ObjectNode row = (ObjectNode) JSON.readTree(line);
            boolean isClip = row.get("method").asText().equals("CLIP");
            if (isClip && row.get("measure").asText().equals("zeroshot-range")) {
                row.put("value", row.get("value").asDouble() + 1.5);
            } else if (isClip && row.get("measure").asText().equals("zeroshot-mean")) {
                row.put("value", row.get("value").asDouble() + 1e-9);
            }
            changed.append(row).append('\n');
        }
        Files.writeString(scores, changed);

        CommandRun run = rerun();

        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.out())
                .containsPattern("  1 are equal within rounding\\R  1 are different\\R  zeroshot-range .*method=CLIP.*:"
                        + " [\\d.]+ before, [\\d.]+ now\\R$");
    }

    @Test
    void anotherHeadIsRefused() throws IOException {
        Path other = folder.resolve("other");
        assertThat(CommandRun.of("train", "--model", model, "--classes", "dog,cat", "--steps", 2, "--out", other)
                        .exitCode())
                .isEqualTo(Clap.DONE);
        Files.copy(other.resolve("head.safetensors"), head, StandardCopyOption.REPLACE_EXISTING);

        assertRefused("the head CLAP's ");
    }

    @Test
    void otherImagesAreRefused() throws IOException {
        try (var images = Files.list(SamplePictures.folder("photo/dog"))) {
            Files.copy(
                    images.sorted().skip(5).findFirst().orElseThrow(),
                    data.resolve("dog").resolve("one more.jpg"));
        }

        assertRefused("the data set images' ");
    }

    @Test
    void anotherModelIsRefused() throws IOException {
        Path other = folder.resolve("other");
        RandomCheckpoint.write("tiny", 7, Optional.of(SampleVocabulary.file()), other);
        try (var files = Files.list(other)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, model.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }

        assertRefused("the model's fingerprint");
    }

    private void assertRefused(String what) {
        CommandRun run = rerun();
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err())
                .startsWith("clap: The run in " + first + " was started with " + what)
                .endsWith("; a rerun takes the model, data and heads of the record" + System.lineSeparator())
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(second).doesNotExist();
    }

    @Test
    void aFolderThatExistsIsLeftAlone() throws IOException {
        Files.createDirectories(second);

        CommandRun run = rerun();

        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("clap: " + second + " exists already; a rerun needs a folder of its own");
        assertThat(second).isEmptyDirectory();
    }

    @Test
    void aRecordDoesNotSayWhereFeaturesAreKept() throws IOException {
        Path record = first.resolve("run.json");
        ObjectNode content = (ObjectNode) JSON.readTree(record.toFile());
        Path elsewhere = folder.resolve("elsewhere");
        String command = content.path("command").asText().replace(" --no-cache", "");
        Files.writeString(
                record,
                content.put("command", command + " --cache '" + elsewhere + "'").toString());

        assertThat(rerun("--json").exitCode()).isEqualTo(Clap.DONE);
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aCommandThatFailsAtOnceLeavesNothing() throws IOException {
        Path record = first.resolve("run.json");
        ObjectNode content = (ObjectNode) JSON.readTree(record.toFile());
        String command = content.path("command").asText();
        Files.writeString(record, content.put("command", command + " --nosuch").toString());

        assertThat(rerun().exitCode()).isEqualTo(Clap.FAILED);
        assertThat(second).doesNotExist();
    }

    @Test
    void longWordsAreParsed() {
        String word = "a".repeat(1_000_000);
        assertThat(CommandLineText.parse("clap zeroshot --classes " + word + " 'it'\\''s' '" + word + "'"))
                .containsExactly("zeroshot", "--classes", word, "it's", word);
    }

    @Test
    void aRecordCannotHaveAnythingElseRun() throws IOException {
        Path record = first.resolve("run.json");
        ObjectNode content = (ObjectNode) JSON.readTree(record.toFile());
        for (String command : new String[] {"clap checkpoint random --architecture tiny", "clap export", "rm x"}) {
            Files.writeString(record, content.put("command", command).toString());
            CommandRun run = rerun();
            assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
            assertThat(run.err()).contains("a rerun repeats evaluations and the training of heads");
        }
        Files.writeString(record, content.put("command", "").toString());
        assertThat(rerun().err()).contains("has no command: it is a part of another run");
        assertThat(second).doesNotExist();
    }

    @Test
    void aRecordOfAnotherKindThanItsCommandIsRefused() throws IOException {
        Path record = first.resolve("run.json");
        ObjectNode content = (ObjectNode) JSON.readTree(record.toFile());
        for (String kind : new String[] {"fewshot", "sweep", "reproduction", ""}) {
            Files.writeString(record, content.put("protocol", kind).toString());
            CommandRun run = rerun();
            assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
            assertThat(run.err())
                    .isEqualToIgnoringNewLines("clap: The record of " + first + " is one of "
                            + (kind.isEmpty() ? "an unknown kind" : kind)
                            + ", but its command is zeroshot; it has been changed, or belongs to another run");
        }
        content.remove("protocol");
        Files.writeString(record, content.put("objective", "clap").toString());
        assertThat(rerun().err()).contains(" is one of training, but its command is zeroshot;");
        Files.writeString(
                record,
                content.put("objective", "clip")
                        .put("command", "clap train --out x")
                        .toString());
        assertThat(rerun().err()).contains(" is one of pretraining, but its command is train;");
        assertThat(second).doesNotExist();
    }

    @Test
    void ofATrainingTheWeightsAreCompared() throws IOException {
        first = folder.resolve("trained");
        Object[] words = {
            "train", "--model", model, "--classes", "dog,cat", "--steps", 4, "--seed", 3, "--out", first, "--overwrite"
        };
        assertThat(CommandRun.of(words).exitCode()).isEqualTo(Clap.DONE);

        CommandRun same = rerun();

        assertThat(same.exitCode()).as(same.err()).isEqualTo(Clap.DONE);
        assertThat(same.out()).containsPattern("Of (\\d+) values\\R  \\1 are equal to the last bit\\R$");

        Files.copy(head, first.resolve("head.safetensors"), StandardCopyOption.REPLACE_EXISTING);
        second = folder.resolve("third");
        CommandRun other = rerun();
        assertThat(other.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(other.out()).contains(" are different");
    }
}
