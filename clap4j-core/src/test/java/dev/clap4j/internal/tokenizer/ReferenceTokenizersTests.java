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
import dev.clap4j.internal.checkpoint.EndOfText;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import dev.clap4j.internal.tokenizer.transformers.TransformersOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
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

    static List<String> cases() {
        return Golden.present(
                "tokenizers: cases",
                Golden.json("tokenizers/cases.json")
                        .valueStream()
                        .map(one -> one.get("case").asText())
                        .toList());
    }

    /** All families, every text with all ids. */
    @ParameterizedTest
    @MethodSource("cases")
    void familiesGiveTheirIds(String name) {
        JsonNode root = Golden.json("tokenizers/expected/" + name + ".json");
        ClipTokenizer tokenizer = ClipTokenizer.load(files(root), 100_000, reference(root));
        SoftAssertions softly = new SoftAssertions();
        List<String> texts = texts(root);
        for (int i = 0; i < texts.size(); i++) {
            JsonNode row = root.get("rows").get(i);
            int[] ids = JSON.convertValue(row.get(row.has("ids_with_ftfy") ? "ids_with_ftfy" : "ids"), int[].class);
            softly.assertThat(tokenizer.encode(texts.get(i), Overflow.ERROR))
                    .as(texts.get(i))
                    .isEqualTo(ids);
        }
        softly.assertAll();
        assertThat(texts).isNotEmpty();
    }

    /** The same cut and padded to the model's length, the mask, and the position at which the encoder's output is read. */
    @ParameterizedTest
    @MethodSource("cases")
    void familiesGetTheirBatches(String name) {
        JsonNode root = Golden.json("tokenizers/expected/" + name + ".json");
        SafetensorsFile tensors = Golden.tensors("tokenizers/expected/" + name + ".safetensors");
        int length = root.get("context_length").asInt();
        ClipTokenizer tokenizer = ClipTokenizer.load(files(root), length, reference(root));
        int[][] expected = rows(integers(tensors, "input_ids"), length);
        Set<Integer> repaired = new HashSet<>();
        if (tensors.names().contains("ftfy_rows")) {
            int[] changed = integers(tensors, "ftfy_rows");
            int[][] ids = rows(integers(tensors, "input_ids_with_ftfy"), length);
            for (int i = 0; i < changed.length; i++) {
                expected[changed[i]] = ids[i];
                repaired.add(changed[i]);
            }
        }
        List<String> texts = texts(root);
        TokenBatch batch = tokenizer.encodePadded(texts, Overflow.TRUNCATE);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < texts.size(); i++) {
            softly.assertThat(batch.ids()[i]).as(texts.get(i)).isEqualTo(expected[i]);
            if (tensors.names().contains("attention_mask") && !repaired.contains(i)) {
                softly.assertThat(numbers(batch.mask()[i]))
                        .as("mask of " + texts.get(i))
                        .isEqualTo(rows(integers(tensors, "attention_mask"), length)[i]);
            }
            if (tensors.names().contains("pool_index") && !repaired.contains(i)) {
                softly.assertThat(pooled(root, batch.ids()[i]))
                        .as("position of " + texts.get(i))
                        .isEqualTo(integers(tensors, "pool_index")[i]);
            }
        }
        softly.assertAll();
        assertThat(texts).hasSameSizeAs(expected).isNotEmpty();
    }

    private static int[] integers(SafetensorsFile tensors, String name) {
        return Arrays.stream(tensors.get(name).toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static int[][] rows(int[] values, int length) {
        int[][] rows = new int[values.length / length][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * length, (i + 1) * length));
        return rows;
    }

    private static int[] numbers(boolean[] mask) {
        return IntStream.range(0, mask.length).map(i -> mask[i] ? 1 : 0).toArray();
    }

    /** The golden files say in words which position counts. */
    private static int pooled(JsonNode root, int[] ids) {
        String rule = root.get("pool").asText();
        if (rule.startsWith("last")) {
            return ids.length - 1;
        }
        if (rule.startsWith("first position")) {
            return 0;
        }
        return rule.startsWith("first eos")
                ? EndOfText.atFirst(root.at("/tokenizer/eos_id").asInt()).position(ids)
                : EndOfText.atHighestId().position(ids);
    }

    private static List<String> texts(JsonNode root) {
        JsonNode strings = Golden.json("tokenizers/strings.json");
        return root.get("rows")
                .valueStream()
                .map(row -> row.has("text")
                        ? row.get("text")
                        : strings.get(row.get("index").asInt()).get("text"))
                .map(JsonNode::asText)
                .toList();
    }

    /** Returns the path that a user gives: the folder, or one of its files. */
    private static Path files(JsonNode root) {
        Path folder = Golden.file("tokenizers/" + root.get("folder").asText());
        if (root.get("options").has("spm")) {
            return folder.resolve(root.at("/options/spm").asText());
        }
        if (root.get("reference").asText().startsWith("tokenizers.Tokenizer.from_file")) {
            return folder.resolve("tokenizer.json");
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".txt.gz"))
                    .findFirst()
                    .orElse(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TokenizerReference reference(JsonNode root) {
        String name = root.get("reference").asText();
        JsonNode options = root.get("options");
        if (name.equals("the family's published tokenizer code")) {
            return TokenizerReference.CN_CLIP;
        }
        if (name.startsWith("open_clip")) {
            TokenizerReference openClip = TokenizerReference.openClip(
                    Optional.of(Cleaning.valueOf(options.get("clean").asText().toUpperCase(Locale.ROOT))),
                    name.endsWith("HFTokenizer"));
            boolean clips = options.path("tokenizer_mode").asText().equals("clips");
            boolean stripSep = options.path("strip_sep_token").asBoolean();
            return openClip.with(new TokenizerReference.Layout(clips, stripSep, true));
        }
        String named = name.matches("transformers[.]\\w+Tokenizer") && !name.contains("Auto")
                ? name.substring("transformers.".length())
                : "";
        boolean legacy = options.at("/load/legacy_behaviour").asBoolean();
        return TokenizerReference.HUGGING_FACE.with(new TransformersOptions(named, legacy));
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

    /** Files that ended the process inside Hugging Face's native library. */
    @ParameterizedTest
    @CsvSource({
        "decoder-nested,decoder has values nested more than 32 deep",
        "precompiled,normalizer: The character map",
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
