package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.BadFile;
import dev.clap4j.Faults;
import dev.clap4j.GoldenModel;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.tokenizer.BadVocabularies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizeCommandTests {
    @TempDir
    private Path folder;

    private Path model() {
        Path model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), model);
        return model;
    }

    @Test
    void printsIdsAndPieces() {
        CommandRun run = CommandRun.of("tokenize", "--model", model(), "a photo of a dog");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.out().lines().toList().get(2))
                .matches("     7  49406 320 (\\d+ ){4}49407 .*")
                .endsWith("  <|startoftext|> a</w> photo</w> of</w> a</w> dog</w> <|endoftext|>  a photo of a dog");
    }

    @Test
    void printsJsonOfAFileAndCutsLongTexts() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.txt"), "dog\n" + "word ".repeat(90) + "\n");
        CommandRun run = CommandRun.of("tokenize", "--model", model(), "--file", texts, "--json");
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.err()).startsWith("clap: 1 of 2 texts have more than 77 tokens and are truncated");
        JsonNode result = new JsonMapper().readTree(run.out());
        assertThat(result.get(0).get("pieces").get(1).asText()).isEqualTo("dog</w>");
        assertThat(result.get(1).get("ids")).hasSize(77);
        assertThat(result.get(1).get("ids").get(76).asInt()).isEqualTo(49407);
    }

    /** Windows' editors put a byte order mark before UTF-8. */
    @Test
    void aByteOrderMarkIsNoPartOfAText() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.txt"), "\uFEFFa photo of a dog\r\n");
        CommandRun run = CommandRun.of("tokenize", "--model", model(), "--file", texts, "--json");
        JsonNode result = new JsonMapper().readTree(run.out());
        assertThat(result.get(0).get("text").asText()).isEqualTo("a photo of a dog");
        assertThat(result.get(0).get("pieces").toString())
                .isEqualTo(
                        "[\"<|startoftext|>\",\"a</w>\",\"photo</w>\",\"of</w>\",\"a</w>\",\"dog</w>\",\"<|endoftext|>\"]");
    }

    /** The configuration says how texts are cleaned. */
    @Test
    void followsTheConfigurationOfTheTokenizer() throws IOException {
        Path model = model();
        JsonNode options = new JsonMapper()
                .readTree(Faults.file("openclip-tokenizer-kwargs/open_clip_config.json")
                        .toFile())
                .at("/model_cfg/text_cfg/tokenizer_kwargs");
        Path config = model.resolve("open_clip_config.json");
        ObjectNode root = (ObjectNode) new JsonMapper().readTree(config.toFile());
        root.withObject("/model_cfg/text_cfg").set("tokenizer_kwargs", options);
        Files.writeString(config, root.toString());
        CommandRun run = CommandRun.of("tokenize", "--model", model, "--json", "A dog, a cat!", "a dog a cat");
        JsonNode texts = new JsonMapper().readTree(run.out());
        assertThat(texts.get(0).get("ids")).isEqualTo(texts.get(1).get("ids"));
        assertThat(texts.get(0).get("pieces").toString()).doesNotContain(",</w>", "!</w>");
    }

    @Test
    void mistakesAreExplained() {
        CommandRun nothing = CommandRun.of("tokenize", "--model", model());
        assertThat(nothing.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(nothing.err()).startsWith("clap: Give texts, or a file of them with --file.");

        Path bare = GoldenModel.VIT.file("huggingface");
        CommandRun without = CommandRun.of("tokenize", "--model", bare, "dog");
        assertThat(without.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(without.err()).startsWith("clap: The model in " + bare + " has no tokenizer, and texts need one");
    }

    /** The user of a bad vocabulary reads what is wrong with it, and nothing else. */
    @Test
    void badVocabulariesAreExplained() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder.resolve("weights"));
        List<Path> weights;
        try (Stream<Path> files = Files.list(folder.resolve("weights"))) {
            weights = files.toList();
        }
        for (BadFile bad : BadVocabularies.all(folder.resolve("bad"))) {
            Path model = Files.isDirectory(bad.path()) ? bad.path() : bad.path().getParent();
            if (isOfAnotherFamily(model)) {
                continue;
            }
            for (Path file : weights) {
                Files.createLink(model.resolve(file.getFileName()), file);
            }
            CommandRun run = CommandRun.of("tokenize", "--model", model, "dog");
            softly.assertThat(run.exitCode()).as(bad.name()).isEqualTo(Clap.FAILED);
            softly.assertThat(run.err().strip()).as(bad.name()).isEqualTo("clap: " + bad.message());
        }
        softly.assertAll();
    }

    /** The folder of a CLIP model is not searched for such files. */
    private static boolean isOfAnotherFamily(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.equals("vocab.txt") || name.endsWith(".model"));
        }
    }
}
