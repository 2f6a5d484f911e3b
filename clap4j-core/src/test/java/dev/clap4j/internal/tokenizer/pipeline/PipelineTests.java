package dev.clap4j.internal.tokenizer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTests {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    /**
     * The ids of Hugging Face's tokenizers 0.23.2 for 70 random pipelines over one small vocabulary, with all kinds of
     * normalizers, pre-tokenizers, post-processors and added tokens.
     */
    @Test
    void idsAreThoseOfTheTokenizersLibrary() throws IOException {
        JsonNode root = JSON.readTree(getClass().getResourceAsStream("pipelines.json"));
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode one : root.get("cases")) {
            ObjectNode tokenizer = (ObjectNode) one.get("steps").deepCopy();
            ObjectNode model = (ObjectNode) root.get("model").deepCopy();
            model.setAll((ObjectNode) one.get("options"));
            tokenizer.set("model", model);
            Path file = folder.resolve("tokenizer.json");
            JSON.writeValue(file.toFile(), tokenizer);
            TokenizerSteps steps = TokenizerJson.read(file).steps();
            Pipeline pipeline = Pipeline.of(steps);
            Ends ends = steps.ends();
            for (JsonNode row : one.get("rows")) {
                String text = row.get(0).asText();
                softly.assertThat(ends.around(pipeline.ids(text), 1000))
                        .as("%s by %s", text, one.get("steps"))
                        .isEqualTo(JSON.convertValue(row.get(1), int[].class));
            }
        }
        softly.assertAll();
        assertThat(root.get("cases")).hasSize(70);
    }

    /**
     * The ids of Hugging Face's tokenizers 0.23.2 for 70 random pipelines with the models Unigram, WordPiece and BPE of
     * SentencePiece's kind, and the steps that belong to them.
     */
    @Test
    void idsOfOtherModelsAreThoseOfTheTokenizersLibrary() throws IOException {
        JsonNode root = JSON.readTree(getClass().getResourceAsStream("models.json"));
        String noMap = "\"precompiled_charsmap\":\"\"";
        String map = noMap.replace("\"\"", root.get("map").toString());
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode one : root.get("cases")) {
            Path file = folder.resolve("tokenizer.json");
            Files.writeString(file, one.get("tokenizer").toString().replace(noMap, map));
            Pipeline pipeline = Pipeline.of(TokenizerJson.read(file).steps());
            for (JsonNode row : one.get("rows")) {
                softly.assertThat(pipeline.ids(row.get(0).asText()))
                        .as(
                                "%s by %s and %s",
                                row.get(0).asText(),
                                one.at("/tokenizer/normalizer"),
                                one.at("/tokenizer/pre_tokenizer"))
                        .isEqualTo(JSON.convertValue(row.get(1), int[].class));
            }
        }
        softly.assertAll();
        assertThat(root.get("cases")).hasSize(70);
    }

    /** A whole text as one piece, of characters that all pieces may begin with. */
    @Test
    void wholeTextsTakeNoLongerThanTheyMust() throws IOException {
        StringBuilder pieces = new StringBuilder("['<unk>', 0]");
        StringBuilder merges = new StringBuilder();
        for (int length = 1; length <= 256; length++) {
            pieces.append(", ['")
                    .append("a".repeat(length))
                    .append("', -")
                    .append(length)
                    .append(']');
            merges.append(length == 1 ? "" : ", 'a " + "a".repeat(length - 1) + "'");
        }
        String unigram = "{'type': 'Unigram', 'unk_id': 0, 'vocab': [" + pieces + "]}";
        String vocab = pieces.toString().replaceAll("\\[('[^']*'), -?(\\d+)]", "$1: $2");
        String bpe = "{'type': 'BPE', 'vocab': {" + vocab + "}, 'merges': [" + merges.substring(2) + "]}";
        for (String model : List.of(unigram, bpe)) {
            Path file = folder.resolve("tokenizer.json");
            Files.writeString(file, ("{'model': " + model + "}").replace('\'', '"'));
            Pipeline pipeline = Pipeline.of(TokenizerJson.read(file).steps());
            org.junit.jupiter.api.Assertions.assertTimeout(
                    java.time.Duration.ofSeconds(20), () -> pipeline.ids("a".repeat(300_000)));
        }
    }

    @Test
    void longWordsTakeNoLongerThanTheyMust() throws IOException {
        JsonNode root = JSON.readTree(getClass().getResourceAsStream("pipelines.json"));
        Path file = folder.resolve("tokenizer.json");
        JSON.writeValue(file.toFile(), JSON.createObjectNode().set("model", root.get("model")));
        Pipeline pipeline = Pipeline.of(TokenizerJson.read(file).steps());
        org.junit.jupiter.api.Assertions.assertTimeout(
                java.time.Duration.ofSeconds(20), () -> pipeline.ids("a".repeat(500_000)));
    }
}
