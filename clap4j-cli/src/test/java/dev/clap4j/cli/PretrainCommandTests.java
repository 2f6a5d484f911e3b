package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.internal.checkpoint.Checkpoint;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainCommandTests {
    @TempDir
    private static Path folder;

    private static Path data;

    /** Six plain pictures and their colours. */
    @BeforeAll
    static void drawData() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        StringBuilder lines = new StringBuilder();
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE, Color.BLACK, Color.YELLOW};
        String[] names = {"red", "green", "blue", "white", "black", "yellow"};
        for (int i = 0; i < colours.length; i++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(colours[i]);
            graphics.fillRect(0, 0, 40, 40);
            graphics.dispose();
            ImageIO.write(image, "png", data.resolve(names[i] + ".png").toFile());
            lines.append("{\"image\": \"" + names[i] + ".png\", \"caption\": \"a " + names[i] + " picture\"}\n");
        }
        Files.writeString(data.resolve("captions.jsonl"), lines);
    }

    private static CommandRun pretrain(Path out, String... options) {
        List<Object> words =
                new ArrayList<>(List.of("pretrain", "--data", data, "--architecture", "tiny", "--out", out));
        if (!List.of(options).contains("--batch")) {
            words.addAll(List.of("--batch", "4"));
        }
        words.addAll(Arrays.asList(options));
        return CommandRun.of(words.toArray());
    }

    @Test
    void aShortRunEndsWithAModelAndASummary() {
        Path out = folder.resolve("short");
        CommandRun run = pretrain(out, "--steps", "4", "--checkpoint-every", "2", "--vocab-size", "520");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out())
                .contains("model     " + out.resolve("model"))
                .containsPattern("steps +4\\R")
                .containsPattern("loss +\\d\\.\\d{4}")
                .containsPattern("images/s +\\d+")
                .containsPattern("minutes +\\d+\\.\\d");
        assertThat(run.err())
                .containsPattern("(?s)step 2 of 4: loss \\d\\.\\d{4}, \\d+ images/s, \\d+ s left.*step 4 of 4: loss");

        Path model = out.resolve("model");
        assertThat(Checkpoint.open(model).architecture().text().vocabSize()).isEqualTo(520);
        CommandRun tokens = CommandRun.of("tokenize", "--model", model, "a red picture");
        assertThat(tokens.exitCode()).as(tokens.err()).isEqualTo(Clap.DONE);
        CommandRun classified =
                CommandRun.of("classify", "--model", model, "--classes", "red,blue", data.resolve("red.png"));
        assertThat(classified.exitCode()).as(classified.err()).isEqualTo(Clap.DONE);
    }

    @Test
    void machinesGetJson() throws IOException {
        Path out = folder.resolve("json");
        CommandRun run = pretrain(out, "--steps", "2", "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        JsonNode facts = new ObjectMapper().readTree(run.out());
        assertThat(facts.path("outcome").asText()).isEqualTo("all_steps");
        assertThat(facts.path("model").asText()).isEqualTo(out.resolve("model").toString());
        assertThat(facts.path("steps").asInt()).isEqualTo(2);
        assertThat(facts.path("loss").asDouble()).isPositive();
        assertThat(facts.path("images_per_second").asDouble()).isPositive();
    }

    @Test
    void anArchitectureMayComeFromAFile() throws IOException {
        Path config = Files.writeString(folder.resolve("arch.json"), """
                {"model_cfg": {"embed_dim": 16, "quick_gelu": true,
                  "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "patch_size": 16, "head_width": 16},
                  "text_cfg": {"context_length": 8, "vocab_size": 9, "width": 32, "heads": 2, "layers": 1}}}
                """);
        Path out = folder.resolve("from-file");
        CommandRun run = CommandRun.of(
                "pretrain",
                "--data",
                data,
                "--architecture",
                config,
                "--out",
                out,
                "--steps",
                1,
                "--batch",
                4,
                "--vocab-size",
                514);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        var architecture = Checkpoint.open(out.resolve("model")).architecture();
        assertThat(architecture.embedDim()).isEqualTo(16);
        assertThat(architecture.text().vocabSize()).isEqualTo(514);
    }

    @Test
    void aRunIsNotOverwrittenUnasked() {
        Path out = folder.resolve("twice");
        assertThat(pretrain(out, "--steps", "1").exitCode()).isEqualTo(Clap.DONE);
        CommandRun again = pretrain(out, "--steps", "1");
        assertThat(again.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(again.err())
                .isEqualTo("clap: " + out + " already holds a run; continue it with --resume, or replace it with"
                        + " --overwrite" + System.lineSeparator());
        CommandRun other = pretrain(out, "--steps", "1", "--lr", "1e-2", "--resume");
        assertThat(other.err()).contains("was started with lr 0.001, but now it is 0.01");
        assertThat(pretrain(out, "--steps", "1", "--resume").exitCode()).isEqualTo(Clap.DONE);
        assertThat(pretrain(out, "--steps", "1", "--overwrite").exitCode()).isEqualTo(Clap.DONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--steps 0 | The number of steps should be from 1 to 10000000, but is 0",
                "--warmup 9 --steps 8 | The number of warm-up steps should be from 0 to 8, but is 9",
                "--lr -1 | The learning rate should be above 0 and at most 1, but is -1.0",
                "--weight-decay 2 | The weight decay should be from 0 to 1, but is 2.0",
                "--vocab-size 100 | The size of the vocabulary should be from 514 to 1048576, but is 100",
                "--threads 3 | Every thread should have two pairs of a batch or more, but 4 pairs are for 3 threads",
            })
    void impossibleValuesAreWrongUse(String options, String message) {
        Path out = folder.resolve("bad");
        CommandRun run = pretrain(out, options.split(" "));
        assertThat(run.err()).isEqualToIgnoringNewLines("clap: " + message + "See clap pretrain --help");
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(out).doesNotExist();
    }

    @Test
    void aMissingVocabularyIsExplained() {
        Path out = folder.resolve("bad");
        CommandRun run = pretrain(out, "--tokenizer", "none.json");
        assertThat(run.err()).isEqualTo("clap: There is no vocabulary file none.json" + System.lineSeparator());
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderWithoutCaptionsIsExplained() {
        CommandRun run = CommandRun.of(
                "pretrain",
                "--data",
                folder.resolve("nowhere"),
                "--architecture",
                "tiny",
                "--out",
                folder.resolve("n"));
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).startsWith("clap: There is no " + folder.resolve("nowhere/captions.jsonl"));
    }

    @Test
    void theRunRecordsAllOptionsInTheirOrder() throws IOException {
        Path out = folder.resolve("recorded");
        CommandRun run = pretrain(out, "--steps", "1", "--threads", "1", "--batch", "3", "--lr", "2e-3");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        JsonNode recorded = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(recorded.path("options").toString())
                .isEqualTo(
                        "{\"architecture\":\"tiny\",\"steps\":\"1\",\"batch\":\"3\",\"lr\":\"0.002\",\"warmup\":\"0\","
                                + "\"weight-decay\":\"0.1\",\"beta1\":\"0.9\",\"beta2\":\"0.98\",\"epsilon\":\"1.0E-6\","
                                + "\"max-gradient-norm\":\"1.0\",\"vocab-size\":\"4096\",\"seed\":\"0\",\"threads\":\"1\","
                                + "\"checkpoint-every\":\"500\"}");
    }

    @Test
    void numbersThatAreTooLargeAreWrongUse() {
        CommandRun run = pretrain(folder.resolve("wrong"), "--steps", "3000000000");
        assertThat(run.err()).contains("should be a whole number of at most 2147483647, not '3000000000'");
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--resume --overwrite", "--steps many", "--colour red"})
    void wrongUseIsTold(String options) {
        assertThat(pretrain(folder.resolve("wrong"), options.split(" ")).exitCode())
                .isEqualTo(Clap.WRONG_USE);
    }

    @Test
    void anUnknownArchitectureIsNamedTogetherWithTheKnown() {
        CommandRun run =
                CommandRun.of("pretrain", "--data", data, "--architecture", "huge", "--out", folder.resolve("huge"));
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains("There is no architecture \"huge\"; known architectures are ViT-B/32");
    }
}
