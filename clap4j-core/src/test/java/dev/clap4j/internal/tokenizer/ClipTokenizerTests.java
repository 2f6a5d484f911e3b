package dev.clap4j.internal.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.Shared;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTokenizerTests {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    /**
     * The three kinds of files give the reference's ids for each of its strings, exactly. Its table was made without ftfy;
     * of the strings that ftfy changes it has the ids with ftfy as well.
     */
    @Tag(Shared.TAG)
    @ParameterizedTest
    @ValueSource(strings = {"merges", "pair", "json"})
    void encodesLikeTheReference(String kind) throws IOException {
        JsonNode strings = Golden.json("tokenizer/strings.json");
        TensorData tokens = Golden.tensors("tokenizer/tokens.safetensors").get("tokens");
        long[] rows = tokens.toLongs();
        int length = (int) tokens.shape()[1];
        ClipTokenizer tokenizer = load(vocabulary(kind), length);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < strings.size(); i++) {
            JsonNode string = strings.get(i);
            String text = string.get("text").asText();
            int[] ids = tokenizer.encode(text, Overflow.TRUNCATE);
            if (string.has("ids_with_ftfy")) {
                int[] body = JSON.convertValue(string.get("ids_with_ftfy"), int[].class);
                softly.assertThat(Arrays.copyOfRange(ids, 1, ids.length - 1))
                        .as(text)
                        .isEqualTo(body);
            } else {
                softly.assertThat(padded(ids, length))
                        .as(text)
                        .isEqualTo(Arrays.copyOfRange(rows, i * length, (i + 1) * length));
                softly.assertThat(tokenizer.overflows(text))
                        .as(text)
                        .isEqualTo(string.get("too_long").asBoolean());
            }
            int[] expected = JSON.convertValue(string.get("ids"), int[].class);
            softly.assertThat(tokenizer.decode(expected))
                    .as(text)
                    .isEqualTo(string.get("decoded").asText());
        }
        softly.assertAll();
    }

    private static ClipTokenizer load(Path file, int contextLength) {
        return ClipTokenizer.load(file, contextLength, TokenizerReference.OPEN_AI);
    }

    private Path vocabulary(String kind) throws IOException {
        return switch (kind) {
            case "merges" -> Shared.openAiVocabulary();
            case "pair" -> Vocabularies.writePair(Shared.openAiVocabulary(), folder);
            default -> Vocabularies.writeTokenizerJson(Shared.openAiVocabulary(), folder);
        };
    }

    private static long[] padded(int[] ids, int length) {
        return Arrays.stream(Arrays.copyOf(ids, length)).asLongStream().toArray();
    }

    @Tag(Shared.TAG)
    @Test
    void takesAnotherContextLength() {
        JsonNode strings = Golden.json("tokenizer/strings.json");
        SafetensorsFile golden = Golden.tensors("tokenizer/tokens.safetensors");
        List<String> shorter = Golden.present(
                "tokenizer/tokens.safetensors#tokens_firstN_contextL",
                golden.names().stream().filter(name -> !name.equals("tokens")).toList());
        for (String name : shorter) {
            TensorData tokens = golden.get(name);
            int length = (int) tokens.shape()[1];
            List<String> texts = IntStream.range(0, (int) tokens.shape()[0])
                    .mapToObj(i -> strings.get(i).get("text").asText())
                    .toList();
            List<int[]> ids = load(Shared.openAiVocabulary(), length).encodeAll(texts, Overflow.ERROR);
            for (int i = 0; i < ids.size(); i++) {
                assertThat(padded(ids.get(i), length))
                        .isEqualTo(Arrays.copyOfRange(tokens.toLongs(), i * length, (i + 1) * length));
            }
        }
    }

    @Tag(Shared.TAG)
    @Test
    void knowsItsVocabulary() {
        JsonNode checks = Golden.json("tokenizer/vocab_checks.json");
        ClipTokenizer tokenizer = load(Shared.openAiVocabulary(), 77);
        assertThat(tokenizer.vocabSize()).isEqualTo(checks.get("vocab_size").asInt());
        assertThat(tokenizer.startId()).isEqualTo(checks.get("sot").asInt());
        assertThat(tokenizer.endId()).isEqualTo(checks.get("eot").asInt());
        checks.get("samples").properties().forEach(sample -> assertThat(
                        tokenizer.pieces(sample.getValue().asInt()))
                .containsExactly(sample.getKey()));
    }

    @Test
    void refusesOrCutsTextsThatAreTooLong() {
        String text = "word ".repeat(76).strip();
        ClipTokenizer tokenizer = load(SampleVocabulary.file(), 77);
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> tokenizer.encode(text, Overflow.ERROR))
                .withMessage("The text \"" + text.substring(0, 79) + "…\" has 78 tokens with the start and end"
                        + " token, the model takes 77. Shorten it, or have it truncated");
        int[] cut = tokenizer.encode(text, Overflow.TRUNCATE);
        assertThat(cut).hasSize(77).startsWith(49406).endsWith(49407);
        assertThat(tokenizer.encode(text.substring(5), Overflow.ERROR)).isEqualTo(cut);
    }

    @Tag(Shared.TAG)
    @Test
    void seesNoSpecialTokenInsidePunctuation() {
        ClipTokenizer tokenizer = load(Shared.openAiVocabulary(), 77);
        assertThat(tokenizer.pieces(tokenizer.encode("a<|endoftext|>b", Overflow.ERROR)))
                .containsExactly("<|startoftext|>", "a</w>", "<|endoftext|>", "b</w>", "<|endoftext|>");
        assertThat(tokenizer.pieces(tokenizer.encode("!<|endoftext|>", Overflow.ERROR)))
                .containsExactly(
                        "<|startoftext|>", "!", "<", "|</w>", "endof", "text</w>", "|", "></w>", "<|endoftext|>");
    }

    @Test
    void findsNothingInAFolderWithoutVocabulary() {
        assertThat(ClipTokenizer.find(folder, 77, TokenizerReference.OPEN_AI)).isEmpty();
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> load(folder, 77))
                .withMessage("The folder " + folder + " has no tokenizer: it should hold tokenizer.json, or vocab.json"
                        + " and merges.txt, or vocab.txt, or a SentencePiece model and tokenizer_config.json, or"
                        + " bpe_simple_vocab_16e6.txt.gz");
    }

    @Test
    void findsOpenAisFileInAFolder() throws IOException {
        Files.copy(SampleVocabulary.file(), folder.resolve("bpe_simple_vocab_16e6.txt.gz"));
        ClipTokenizer tokenizer =
                ClipTokenizer.find(folder, 77, TokenizerReference.OPEN_AI).orElseThrow();
        assertThat(tokenizer.pieces(tokenizer.encode("a photo of a dog", Overflow.ERROR)))
                .containsExactly(
                        "<|startoftext|>", "a</w>", "photo</w>", "of</w>", "a</w>", "dog</w>", "<|endoftext|>");
    }

    /** A tokenizer with another normaliser than CLIP's keeps it: here, letter case matters. */
    @Test
    void leavesOtherNormalisersAlone() throws IOException {
        ObjectNode cased = Vocabularies.publishedForm(SampleVocabulary.file());
        cased.set("normalizer", Vocabularies.json("{'type':'NFC'}"));
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), cased);
        ClipTokenizer tokenizer = load(folder, 77);
        assertThat(tokenizer.pieces(tokenizer.encode("a Dog", Overflow.ERROR)))
                .startsWith("<|startoftext|>", "a</w>")
                .doesNotContain("dog</w>");
    }

    @Test
    void refusesHalfACharacter() {
        ClipTokenizer tokenizer = load(SampleVocabulary.file(), 77);
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> tokenizer.encode("dog \ud83d", Overflow.ERROR))
                .withMessageContaining("half of a surrogate pair");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> tokenizer.pieces(49408))
                .withMessage("There is no token 49408: the vocabulary's ids run from 0 to 49407");
    }

    @Test
    void encodesFromSeveralThreads() {
        ClipTokenizer tokenizer = load(SampleVocabulary.file(), 77);
        int[] expected = tokenizer.encode("a sketch of a normal sized giraffe", Overflow.ERROR);
        assertThat(IntStream.range(0, 400)
                        .parallel()
                        .mapToObj(i -> tokenizer.encode("a sketch of a normal sized giraffe", Overflow.ERROR)))
                .allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
    }
}
