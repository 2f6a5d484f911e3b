package dev.clap4j.internal.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Faults;
import dev.clap4j.Golden;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.Shared;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids of OpenAI's, open_clip's and Hugging Face's tokenizers, each as the folder's layout implies. */
class ReferenceTokenizersTests {
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<TokenizerReference> REFERENCES = List.of(
            TokenizerReference.OPEN_AI,
            TokenizerReference.HUGGING_FACE,
            TokenizerReference.openClip(Optional.empty(), true));

    @TempDir
    Path folder;

    private static Stream<JsonNode> goldenCases(boolean byteLevel) {
        return Golden.json("tokenizers/cases.json")
                .valueStream()
                .filter(one -> isByteLevel(one.get("folder").asText()) == byteLevel);
    }

    /** The files say of which kind a tokenizer is: merges of bytes, as CLIP's and RoBERTa's, or another. */
    private static boolean isByteLevel(String name) {
        Path files = Golden.file("tokenizers/" + name);
        if (Files.exists(files.resolve("tokenizer.json"))) {
            return Golden.json("tokenizers/" + name + "/tokenizer.json")
                    .toString()
                    .contains("\"type\":\"ByteLevel\"");
        }
        return Files.exists(files.resolve("merges.txt")) || merges(files).isPresent();
    }

    private static Optional<Path> merges(Path files) {
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(file -> file.toString().endsWith(".txt.gz")).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> byteLevelCases() {
        return Golden.present(
                "tokenizers: cases of byte-level BPE",
                goldenCases(true).map(one -> one.get("case").asText()).toList());
    }

    static List<String> otherFolders() {
        return Golden.present(
                "tokenizers: cases of other kinds",
                goldenCases(false)
                        .map(one -> one.get("folder").asText())
                        .distinct()
                        .toList());
    }

    /** The families with a byte-level BPE, every text with all ids and cut to the model's length. */
    @ParameterizedTest
    @MethodSource("byteLevelCases")
    void familiesGiveTheirIds(String name) {
        JsonNode root = Golden.json("tokenizers/expected/" + name + ".json");
        JsonNode strings = Golden.json("tokenizers/strings.json");
        Path folder = Golden.file("tokenizers/" + root.get("folder").asText());
        Path files = merges(folder).orElse(folder);
        TokenizerReference reference = reference(root);
        int length = root.get("context_length").asInt();
        ClipTokenizer whole = ClipTokenizer.load(files, 100_000, reference);
        ClipTokenizer cut = ClipTokenizer.load(files, length, reference);
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode row : root.get("rows")) {
            String text = row.has("text")
                    ? row.get("text").asText()
                    : strings.get(row.get("index").asInt()).get("text").asText();
            int[] ids = JSON.convertValue(row.get(row.has("ids_with_ftfy") ? "ids_with_ftfy" : "ids"), int[].class);
            softly.assertThat(whole.encode(text, Overflow.ERROR)).as(text).isEqualTo(ids);
            softly.assertThat(cut.encode(text, Overflow.TRUNCATE)).as(text).isEqualTo(cut(ids, length));
        }
        softly.assertAll();
        assertThat(root.get("rows")).isNotEmpty();
    }

    private static TokenizerReference reference(JsonNode root) {
        String name = root.get("reference").asText();
        Optional<Cleaning> clean = Optional.ofNullable(root.get("options").get("clean"))
                .map(node -> Cleaning.valueOf(node.asText().toUpperCase(Locale.ROOT)));
        return name.startsWith("transformers")
                ? TokenizerReference.HUGGING_FACE
                : TokenizerReference.openClip(clean, name.endsWith("HFTokenizer"));
    }

    /** Too many ids: the first so many less one, and the last. */
    private static int[] cut(int[] ids, int length) {
        int[] cut = java.util.Arrays.copyOf(ids, Math.min(length, ids.length));
        cut[cut.length - 1] = ids[ids.length - 1];
        return cut;
    }

    /** The tokenizers of Stable Diffusion's text encoders, one with {@code !} as the padding token. */
    @ParameterizedTest
    @MethodSource("textEncoders")
    void textEncodersOfDiffusionModelsGetTheirIds(String pipeline, String which) {
        JsonNode golden = Golden.json("diffusion/" + pipeline + "/text.json");
        Path files = Golden.file("diffusion/" + pipeline + "/model/tokenizer" + which);
        ClipTokenizer tokenizer = ClipTokenizer.load(files, 1000, TokenizerReference.HUGGING_FACE);
        for (int i = 0; i < golden.get("texts").size(); i++) {
            String text = golden.get("texts").get(i).asText();
            int[] ids = tokenizer.encode(text, Overflow.ERROR);
            List<String> tokens = JSON.convertValue(golden.get("tokens" + which).get(i), new TypeReference<>() {});
            assertThat(tokenizer.pieces(ids).subList(0, tokens.size() - 1))
                    .as(text)
                    .isEqualTo(tokens.subList(0, tokens.size() - 1));
            assertThat(ids.length)
                    .as(text)
                    .isEqualTo(golden.get("untruncated_lengths" + which).get(i).asInt());
        }
        for (JsonNode row : golden.get("more_texts")) {
            assertThat(tokenizer.encode(row.get("text").asText(), Overflow.ERROR))
                    .as(row.get("text").asText())
                    .isEqualTo(JSON.convertValue(row.get("ids" + which), int[].class));
        }
        assertThat(golden.get("more_texts")).isNotEmpty();
    }

    static List<Arguments> textEncoders() {
        return Golden.folders("diffusion", "model").stream()
                .flatMap(pipeline -> Golden.folders("diffusion/" + pipeline + "/model", "").stream()
                        .filter(part -> part.startsWith("tokenizer"))
                        .map(part -> Arguments.of(pipeline, part.substring("tokenizer".length()))))
                .toList();
    }

    /** Tokenizers of other kinds are refused by what is other, never read as CLIP's. */
    @ParameterizedTest
    @MethodSource("otherFolders")
    void otherFamiliesAreRefused(String name) {
        Path files = Golden.file("tokenizers/" + name);
        for (TokenizerReference reference : REFERENCES) {
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(() -> ClipTokenizer.load(files, 77, reference))
                    .withMessageContaining(files.toString())
                    .withMessageContaining(reason(name));
        }
    }

    private static String reason(String name) {
        if (Files.notExists(Golden.file("tokenizers/" + name).resolve("tokenizer.json"))) {
            return "has no tokenizer: it should hold tokenizer.json";
        }
        JsonNode tokenizer = Golden.json("tokenizers/" + name + "/tokenizer.json");
        String kind = tokenizer.at("/model/type").asText();
        if (!kind.equals("BPE")) {
            return "is of the kind " + kind + ";";
        }
        return tokenizer.get("normalizer").toString().contains("\"Precompiled\"")
                ? "type is \"Precompiled\""
                : "puts no start token or no end token around a text";
    }

    /** Files that ended the process inside Hugging Face's native library. */
    @ParameterizedTest
    @CsvSource({
        "decoder-nested,decoder has values nested more than 32 deep",
        "precompiled,normalizer.type is \"Precompiled\"",
        "prefix-slice,should have the prefix \"#####\" (continuing_subword_prefix) before its second token",
    })
    void filesThatEndedTheProcessAreRefused(String name, String reason) {
        Path files = Faults.file("tokenizer-abort/" + name);
        for (TokenizerReference reference : REFERENCES) {
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(() -> ClipTokenizer.load(files, 77, reference))
                    .withMessageContaining(files.resolve("tokenizer.json").toString())
                    .withMessageContaining(reason);
        }
    }

    /** Texts that ftfy changes for OpenAI's and open_clip's tokenizers, and Unicode's composition for Hugging Face's. */
    @Tag(Shared.TAG)
    @Test
    void textsWithFtfyAndComposition() throws IOException {
        JsonNode texts =
                JSON.readTree(Shared.fault("text-ftfy-nfc/expected_ids.json").toFile());
        ClipTokenizer openAi = ClipTokenizer.load(Shared.openAiVocabulary(), 77, TokenizerReference.OPEN_AI);
        ClipTokenizer openClip =
                ClipTokenizer.load(Shared.openAiVocabulary(), 77, TokenizerReference.openClip(Optional.empty(), false));
        ClipTokenizer fast = ClipTokenizer.load(
                Vocabularies.writeTokenizerJson(Shared.openAiVocabulary(), folder),
                77,
                TokenizerReference.HUGGING_FACE);
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode one : texts) {
            String text = one.get("text").asText();
            String name = one.get("name").asText();
            int[] ids = JSON.convertValue(one.get("openai_ids"), int[].class);
            softly.assertThat(openAi.encode(text, Overflow.ERROR)).as(name).isEqualTo(ids);
            softly.assertThat(openClip.encode(text, Overflow.ERROR)).as(name).isEqualTo(ids);
            softly.assertThat(fast.encode(text, Overflow.ERROR))
                    .as("fast: " + name)
                    .isEqualTo(JSON.convertValue(one.get("hf_fast_ids"), int[].class));
        }
        softly.assertAll();
    }

    @Test
    void addedTokensAreWhole() throws IOException {
        JsonNode expected =
                JSON.readTree(Faults.file("added-tokens/expected_ids.json").toFile());
        ClipTokenizer tokenizer = ClipTokenizer.load(Faults.file("added-tokens"), 77, TokenizerReference.HUGGING_FACE);
        expected.properties().forEach(entry -> assertThat(tokenizer.encode(entry.getKey(), Overflow.ERROR))
                .as(entry.getKey())
                .isEqualTo(JSON.convertValue(entry.getValue(), int[].class)));
        // In an open_clip folder, such a file is no longer CLIP's as published, so its steps count there, too.
        ClipTokenizer openClip = ClipTokenizer.load(
                Faults.file("added-tokens"), 77, TokenizerReference.openClip(Optional.empty(), false));
        assertThat(openClip.encode("a photo of a <cat-toy>", Overflow.ERROR))
                .isEqualTo(tokenizer.encode("a photo of a <cat-toy>", Overflow.ERROR));
    }

    /** Files that Transformers saves beside vocab.json: tokens of textual inversion, old and new, and a padding token. */
    @Test
    void addedTokensOfOtherFilesAreWhole() throws IOException {
        Vocabularies.writePair(SampleVocabulary.file(), folder);
        Files.writeString(folder.resolve("added_tokens.json"), "{\"<cat-toy>\": 49408}");
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"pad_token\": \"!\"}");
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"added_tokens_decoder\": {\"49409\": {\"content\": \"sks\", \"single_word\": true, \"special\": false}},"
                        + " \"model_max_length\": 1000000000000000019884624838656}");
        ClipTokenizer tokenizer = ClipTokenizer.load(folder, 77, TokenizerReference.HUGGING_FACE);
        assertThat(tokenizer.pieces(tokenizer.encode("a <cat-toy>! SKS skss", Overflow.ERROR)))
                .startsWith("<|startoftext|>", "a</w>", "<cat-toy>", "!", "sks")
                .doesNotHaveDuplicates()
                .endsWith("<|endoftext|>");
        assertThat(tokenizer.vocabSize()).isEqualTo(49410);
    }

    /** Each reference spells start and end token in its own way. */
    @Test
    void specialTokensInTextsAreThoseOfTheReference() {
        List<String> spelled = List.of("a <|endoftext|> b", "a <end_of_text> b");
        ClipTokenizer openAi = ClipTokenizer.load(SampleVocabulary.file(), 77, TokenizerReference.OPEN_AI);
        ClipTokenizer openClip =
                ClipTokenizer.load(SampleVocabulary.file(), 77, TokenizerReference.openClip(Optional.empty(), false));
        assertThat(openAi.encode(spelled.get(0), Overflow.ERROR)).containsExactly(49406, 320, 49407, 321, 49407);
        assertThat(openClip.encode(spelled.get(1), Overflow.ERROR)).containsExactly(49406, 320, 49407, 321, 49407);
        assertThat(openAi.encode(spelled.get(1), Overflow.ERROR)).hasSizeGreaterThan(5);
        assertThat(openClip.encode(spelled.get(0), Overflow.ERROR)).hasSizeGreaterThan(5);
    }

    @Test
    void theFingerprintIsThatOfTheIds() throws IOException {
        TokenizerReference openClip = TokenizerReference.openClip(Optional.empty(), false);
        String merges = ClipTokenizer.load(SampleVocabulary.file(), 77, TokenizerReference.OPEN_AI)
                .fingerprint();
        Path pair = Vocabularies.writePair(SampleVocabulary.file(), Files.createDirectory(folder.resolve("pair")));
        Path json =
                Vocabularies.writeTokenizerJson(SampleVocabulary.file(), Files.createDirectory(folder.resolve("json")));
        assertThat(merges)
                .matches("[0-9a-f]{32}")
                .isEqualTo(
                        ClipTokenizer.load(pair, 16, TokenizerReference.OPEN_AI).fingerprint())
                .isEqualTo(
                        ClipTokenizer.load(json, 77, TokenizerReference.OPEN_AI).fingerprint())
                .isNotEqualTo(ClipTokenizer.load(json, 77, openClip).fingerprint())
                .isNotEqualTo(ClipTokenizer.load(json, 77, TokenizerReference.HUGGING_FACE)
                        .fingerprint())
                .isNotEqualTo(ClipTokenizer.load(pair, 77, TokenizerReference.HUGGING_FACE)
                        .fingerprint());
    }
}
