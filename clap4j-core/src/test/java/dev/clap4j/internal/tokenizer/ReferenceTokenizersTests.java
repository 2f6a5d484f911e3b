package dev.clap4j.internal.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Shared;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids of OpenAI's, open_clip's and Hugging Face's tokenizers, each as the folder's layout implies. */
class ReferenceTokenizersTests {
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<TokenizerReference> REFERENCES = List.of(
            TokenizerReference.OPEN_AI,
            TokenizerReference.HUGGING_FACE,
            TokenizerReference.openClip(Optional.empty(), true));

    @TempDir
    Path folder;

    /** The families with a byte-level BPE, every text with all ids and cut to the model's length. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "clip-hf",
                "clip-hf-pad0",
                "clip-hf-pad0-16",
                "clip-hf-saved-by-5",
                "clip-hf-vocab-merges",
                "roberta-hf",
                "roberta-openclip",
                "open-clip-bpe-lower",
                "open-clip-bpe-lower-32",
                "open-clip-bpe-whitespace",
                "open-clip-bpe-canonicalize"
            })
    void familiesGiveTheirIds(String name) throws IOException {
        JsonNode root = JSON.readTree(
                Shared.golden("tokenizers/expected/" + name + ".json").toFile());
        JsonNode strings =
                JSON.readTree(Shared.golden("tokenizers/strings.json").toFile());
        Path files = Shared.golden("tokenizers/" + root.get("folder").asText());
        if (name.startsWith("open-clip-bpe")) {
            files = files.resolve("bpe_tiny.txt.gz");
        }
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
        assertThat(root.get("rows")).hasSizeGreaterThanOrEqualTo(92);
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
    @CsvSource({
        "sd15-like,",
        "sd2-like,",
        "sdxl-like,",
        "sdxl-like,_2",
        "turbo-like,",
        "lcm-like,",
    })
    void textEncodersOfDiffusionModelsGetTheirIds(String pipeline, String suffix) throws IOException {
        String which = suffix == null ? "" : suffix;
        Path root = Shared.golden("diffusion/" + pipeline);
        JsonNode golden = JSON.readTree(root.resolve("text.json").toFile());
        Path files = root.resolve("model/tokenizer" + which);
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

    /** Tokenizers of other kinds are refused by what is other, never read as CLIP's. */
    @ParameterizedTest
    @CsvSource({
        "siglip-hf,is of the kind Unigram;",
        "siglip-openclip,is of the kind Unigram;",
        "metaclip2-hf,is of the kind Unigram;",
        "xlm-roberta,is of the kind Unigram;",
        "clipa,is of the kind WordPiece;",
        "clips,is of the kind WordPiece;",
        "nllb,normalizer.normalizers[0].type is \"Precompiled\"",
        "siglip2-hf,puts no start token or no end token around a text",
        "siglip2-naflex-saved-by-5,puts no start token or no end token around a text",
        "siglip2-openclip,puts no start token or no end token around a text",
        "siglip-spiece-only,has no tokenizer: it should hold tokenizer.json",
        "mt5,has no tokenizer: it should hold tokenizer.json",
        "xlm-roberta-spm-only,has no tokenizer: it should hold tokenizer.json",
        "chinese-clip,has no tokenizer: it should hold tokenizer.json",
        "tipsv2-hf,has no tokenizer: it should hold tokenizer.json",
    })
    void otherFamiliesAreRefused(String name, String reason) {
        Path files = Shared.golden("tokenizers/" + name);
        for (TokenizerReference reference : REFERENCES) {
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(() -> ClipTokenizer.load(files, 77, reference))
                    .withMessageContaining(files.toString())
                    .withMessageContaining(reason);
        }
    }

    /** Files that ended the process inside Hugging Face's native library. */
    @ParameterizedTest
    @CsvSource({
        "decoder-nested,decoder has values nested more than 32 deep",
        "precompiled,normalizer.type is \"Precompiled\"",
        "prefix-slice,should have the prefix \"#####\" (continuing_subword_prefix) before its second token",
    })
    void filesThatEndedTheProcessAreRefused(String name, String reason) {
        Path files = Shared.fault("tokenizer-abort/" + name);
        for (TokenizerReference reference : REFERENCES) {
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(() -> ClipTokenizer.load(files, 77, reference))
                    .withMessageContaining(files.resolve("tokenizer.json").toString())
                    .withMessageContaining(reason);
        }
    }

    /** Texts that ftfy changes for OpenAI's and open_clip's tokenizers, and Unicode's composition for Hugging Face's. */
    @Test
    void textsWithFtfyAndComposition() throws IOException {
        JsonNode texts =
                JSON.readTree(Shared.fault("text-ftfy-nfc/expected_ids.json").toFile());
        ClipTokenizer openAi = ClipTokenizer.load(Vocabularies.openAi(), 77, TokenizerReference.OPEN_AI);
        ClipTokenizer openClip =
                ClipTokenizer.load(Vocabularies.openAi(), 77, TokenizerReference.openClip(Optional.empty(), false));
        ClipTokenizer fast =
                ClipTokenizer.load(Vocabularies.writeTokenizerJson(folder), 77, TokenizerReference.HUGGING_FACE);
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
                JSON.readTree(Shared.fault("added-tokens/expected_ids.json").toFile());
        ClipTokenizer tokenizer = ClipTokenizer.load(Shared.fault("added-tokens"), 77, TokenizerReference.HUGGING_FACE);
        expected.properties().forEach(entry -> assertThat(tokenizer.encode(entry.getKey(), Overflow.ERROR))
                .as(entry.getKey())
                .isEqualTo(JSON.convertValue(entry.getValue(), int[].class)));
        // In an open_clip folder, such a file is no longer CLIP's as published, so its steps count there, too.
        ClipTokenizer openClip = ClipTokenizer.load(
                Shared.fault("added-tokens"), 77, TokenizerReference.openClip(Optional.empty(), false));
        assertThat(openClip.encode("a photo of a <cat-toy>", Overflow.ERROR))
                .isEqualTo(tokenizer.encode("a photo of a <cat-toy>", Overflow.ERROR));
    }

    /** What Transformers saves beside vocab.json: tokens of textual inversion, old and new, and a padding token. */
    @Test
    void addedTokensOfOtherFilesAreWhole() throws IOException {
        Vocabularies.writePair(folder);
        Files.writeString(folder.resolve("added_tokens.json"), "{\"<cat-toy>\": 49408}");
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"pad_token\": \"!\"}");
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"added_tokens_decoder\": {\"49409\": {\"content\": \"sks\", \"single_word\": true, \"special\": false}},"
                        + " \"model_max_length\": 1000000000000000019884624838656}");
        ClipTokenizer tokenizer = ClipTokenizer.load(folder, 77, TokenizerReference.HUGGING_FACE);
        assertThat(tokenizer.encode("a <cat-toy>! SKS skss", Overflow.ERROR))
                .containsExactly(49406, 320, 49408, 0, 49409, 909, 632, 49407);
        assertThat(tokenizer.vocabSize()).isEqualTo(49410);
    }

    /** Each reference spells start and end token in its own way. */
    @Test
    void specialTokensInTextsAreThoseOfTheReference() {
        List<String> spelled = List.of("a <|endoftext|> b", "a <end_of_text> b");
        ClipTokenizer openAi = ClipTokenizer.load(Vocabularies.openAi(), 77, TokenizerReference.OPEN_AI);
        ClipTokenizer openClip =
                ClipTokenizer.load(Vocabularies.openAi(), 77, TokenizerReference.openClip(Optional.empty(), false));
        assertThat(openAi.encode(spelled.get(0), Overflow.ERROR)).containsExactly(49406, 320, 49407, 321, 49407);
        assertThat(openClip.encode(spelled.get(1), Overflow.ERROR)).containsExactly(49406, 320, 49407, 321, 49407);
        assertThat(openAi.encode(spelled.get(1), Overflow.ERROR)).hasSizeGreaterThan(5);
        assertThat(openClip.encode(spelled.get(0), Overflow.ERROR)).hasSizeGreaterThan(5);
    }

    @Test
    void theFingerprintIsThatOfTheIds() throws IOException {
        TokenizerReference openClip = TokenizerReference.openClip(Optional.empty(), false);
        String merges = ClipTokenizer.load(Vocabularies.openAi(), 77, TokenizerReference.OPEN_AI)
                .fingerprint();
        Path pair = Vocabularies.writePair(Files.createDirectory(folder.resolve("pair")));
        Path json = Vocabularies.writeTokenizerJson(Files.createDirectory(folder.resolve("json")));
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
