package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IconworldCommandTests {
    @TempDir
    Path folder;

    private CommandRun build(Path out, String... options) {
        List<Object> words = new ArrayList<>(List.of("iconworld", "build", "--out", out));
        words.addAll(List.of(options));
        return CommandRun.of(words.toArray());
    }

    @Test
    void buildsADataSet() throws IOException {
        Path out = folder.resolve("data");

        CommandRun run =
                build(out, "--sets", "unseen", "--concepts", "2", "--per-class", "1", "--image-size", "16", "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        JsonNode facts = new JsonMapper().readTree(run.out());
        assertThat(facts.get("domains"))
                .extracting(JsonNode::asText)
                .containsExactly("fluent-emoji", "fluent-emoji-flat", "fluent-emoji-high-contrast", "fxemoji");
        assertThat(facts.get("classes").asInt()).isEqualTo(2);
        assertThat(facts.get("pictures").asInt()).isEqualTo(8);
        assertThat(Files.readAllLines(out.resolve("captions.jsonl"))).hasSize(8);

        CommandRun again = build(out, "--sets", "unseen", "--concepts", "2", "--per-class", "1", "--image-size", "16");
        assertThat(again.exitCode()).isEqualTo(Clap.DONE);
        assertThat(again.out().lines().toList()).anyMatch(line -> line.matches("pictures +8"));
        CommandRun more = build(out, "--sets", "unseen", "--concepts", "3");
        assertThat(more.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(more.err())
                .startsWith("clap: " + out + " holds pictures that were drawn differently: concepts ")
                .endsWith("; choose another folder, or delete it" + System.lineSeparator());
    }

    @Test
    void drawsASheet() throws IOException {
        Path out = folder.resolve("sheet.png");

        CommandRun run =
                CommandRun.of("iconworld", "sheet", "--concepts", "dog,fire truck", "--image-size", 16, "--out", out);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualToIgnoringNewLines(out.toString());
        BufferedImage sheet = ImageIO.read(out.toFile());
        assertThat(sheet.getWidth()).isEqualTo(11 * 16);
        assertThat(sheet.getHeight()).isEqualTo(2 * 8 * 16);
    }

    @Test
    void aSheetIsAPngFile() throws IOException {
        Path other = folder.resolve("sheet.jpg");
        CommandRun run = CommandRun.of("iconworld", "sheet", "--concepts", "dog", "--image-size", 16, "--out", other);
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err())
                .startsWith("clap: The sheet is a PNG file; give it a name that ends with .png, not " + other);
        assertThat(other).doesNotExist();

        Path out = folder.resolve("sheet.PNG");
        CommandRun json =
                CommandRun.of("iconworld", "sheet", "--concepts", "dog", "--image-size", 16, "--out", out, "--json");
        assertThat(new JsonMapper().readTree(json.out()).get("file").asText()).isEqualTo(out.toString());
        assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo(11 * 16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--concepts | 0 | The number of concepts should be from 1 to 187, but is 0",
                "--per-class | 0 | The number of pictures per class should be from 1 to 1000000, but is 0",
                "--image-size | 8 | The image size should be from 16 to 1024, but is 8",
            })
    void numbersOutOfRangeAreExplained(String option, String value, String message) {
        Path out = folder.resolve("none");
        CommandRun run = build(out, option, value);
        assertThat(run.err()).isEqualToIgnoringNewLines("clap: " + message + "See clap iconworld build --help");
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(out).doesNotExist();
    }

    @Test
    void otherMistakesAreExplained() throws IOException {
        CommandRun bare = CommandRun.of("iconworld");
        assertThat(bare.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(bare.err()).startsWith("clap: Which command? build or sheet.");

        CommandRun split = build(folder.resolve("none"), "--split", "both");
        assertThat(split.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(split.err()).contains("Invalid value for option '--split'");

        CommandRun unknown =
                CommandRun.of("iconworld", "sheet", "--concepts", "dog,zebu", "--out", folder.resolve("sheet.png"));
        assertThat(unknown.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(unknown.err()).startsWith("clap: Icon world has no zebu; it has dog, cat, ");

        Files.writeString(folder.resolve("note.txt"), "");
        CommandRun full = build(folder, "--concepts", "1", "--per-class", "1");
        assertThat(full.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(full.err())
                .isEqualToIgnoringNewLines(
                        "clap: " + folder + " is not empty, and holds no icon world; choose another folder");
    }
}
