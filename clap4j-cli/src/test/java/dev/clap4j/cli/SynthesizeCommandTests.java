package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthesizeCommandTests {
    @TempDir
    Path folder;

    @Test
    void makesWhatIsMissingAndSaysSo() throws IOException {
        Path out = folder.resolve("out");

        CommandRun run = CommandRun.of(
                "synthesize",
                "--synthesizer",
                "iconworld",
                "--classes",
                "dog,fire truck",
                "--prompts",
                4,
                "--out",
                out);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.out()).isEqualToIgnoringNewLines("8 pictures of 2 classes in " + out + ", 8 of them new");
        List<Path> made;
        try (Stream<Path> files = Files.walk(out.resolve("fire_truck"))) {
            made = files.filter(Files::isRegularFile).toList();
        }
        assertThat(made).hasSize(4).allSatisfy(file -> assertThat(
                        out.relativize(file).toString().replace('\\', '/'))
                .matches("fire_truck/an?_\\w+_of_a_\\w+_fire_truck/0\\.png"));

        Path classes = Files.writeString(folder.resolve("classes.txt"), "fire truck\n");
        CommandRun more =
                CommandRun.of("synthesize", "--classes-file", classes, "--prompts", 6, "--out", out, "--json");
        JsonNode facts = new JsonMapper().readTree(more.out());
        assertThat(facts.get("folder").asText()).isEqualTo(out.toString());
        assertThat(facts.get("classes").asInt()).isEqualTo(1);
        assertThat(facts.get("pictures").asInt()).isEqualTo(6);
        assertThat(facts.get("made").asInt()).isEqualTo(2);
    }

    @Test
    void wrongUseIsExplained() {
        CommandRun nothing = CommandRun.of("synthesize", "--out", folder.resolve("out"));
        assertThat(nothing.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(nothing.err()).startsWith("clap: Name the classes with --classes or --classes-file.");

        CommandRun other = CommandRun.of("synthesize", "--synthesizer", "dream", "--classes", "dog", "--out", folder);
        assertThat(other.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(other.err()).contains("Invalid value for option '--synthesizer'");
    }

    @Test
    void mistakesAreExplainedBeforeAnythingIsWritten() throws IOException {
        Path out = folder.resolve("out");
        assertWrongUse(out, "There are 1 to 480 prompts of a class, not 481", "--classes", "dog", "--prompts", 481);
        assertWrongUse(
                out, "The image size should be from 16 to 1024, but is 2000", "--classes", "dog", "--image-size", 2000);
        CommandRun unknown = CommandRun.of("synthesize", "--classes", "dog,zebu", "--out", out);
        assertThat(unknown.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(unknown.err())
                .startsWith("clap: Icon world has no zebu; it has dog, cat, ")
                .contains("fire truck");
        assertThat(out).doesNotExist();

        Files.writeString(folder.resolve("note.txt"), "");
        assertFails(
                folder,
                folder + " is not empty, and holds no pictures made from prompts; choose another folder",
                "--classes",
                "dog");
    }

    private static void assertWrongUse(Path out, String message, Object... options) {
        Object[] words = Stream.concat(Stream.of("synthesize", "--out", out), Stream.of(options))
                .toArray();
        CommandRun run = CommandRun.of(words);
        assertThat(run.err()).startsWith("clap: " + message);
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
    }

    private static void assertFails(Path out, String message, Object... options) {
        Object[] words = Stream.concat(Stream.of("synthesize", "--out", out), Stream.of(options))
                .toArray();
        CommandRun run = CommandRun.of(words);
        assertThat(run.err()).isEqualToIgnoringNewLines("clap: " + message);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
    }
}
