package dev.clap4j.fuzz.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.tokenizer.BpeTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files {@code tokenizer.json} with a small vocabulary and all kinds of steps, and the files that may be beside them.
 */
final class TokenizerFiles {
    /** The size of the vocabulary. */
    static final int SIZE = 530;

    private static final JsonMapper JSON = new JsonMapper();

    private static final String NORMALIZER = """
            {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "StripAccents"},
              {"type": "Strip", "strip_left": true, "strip_right": false}, {"type": "Lowercase"},
              {"type": "Replace", "pattern": {"Regex": "(?:\\\\s|_)+|x{2,3}$"}, "content": " "},
              {"type": "Replace", "pattern": {"String": "``"}, "content": "'"}]}
            """;

    private static final String PRE_TOKENIZER = """
            {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true},
              {"type": "Punctuation", "behavior": "Isolated"}, {"type": "WhitespaceSplit"},
              {"type": "Split", "pattern": {"Regex": "'s|[\\\\p{L}]+|[^\\\\s\\\\p{L}\\\\p{N}]+"}, "behavior": "Removed",
               "invert": true},
              {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]}
            """;

    private static final String POST_PROCESSOR = """
            {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<|startoftext|>", "type_id": 0}},
              {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}}],
             "pair": [], "special_tokens": {
               "<|startoftext|>": {"id": "<|startoftext|>", "ids": [%s], "tokens": ["<|startoftext|>"]},
               "<|endoftext|>": {"id": "<|endoftext|>", "ids": [%s], "tokens": ["<|endoftext|>"]}}}
            """;

    private static final String BYTE_LEVEL = """
            {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true}
            """;

    private static final String CONFIG = """
            {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "do_lower_case": true,
             "bos_token": {"content": "<|startoftext|>", "lstrip": false, "normalized": true, "rstrip": false,
               "single_word": false}, "pad_token": "<|endoftext|>"}
            """;

    private static final String ROLES = """
            {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>"}
            """;

    private TokenizerFiles() {}

    /**
     * Returns files as published with CLIP models, with steps of every kind, and as for byte-level models without an
     * end-of-word suffix.
     */
    static List<Input> json() {
        return Stream.of(learned(), withSteps(), byteLevel())
                .map(content -> Input.of("tokenizer.json", content))
                .toList();
    }

    static byte[] learned() {
        BpeTrainer trainer = new BpeTrainer();
        for (int i = 0; i < 9; i++) {
            trainer.add("a photo of a dog and the other cats");
        }
        return bytes(trainer.train(SIZE));
    }

    static ObjectNode tree() {
        return json(new String(learned(), StandardCharsets.UTF_8));
    }

    private static byte[] withSteps() {
        ObjectNode root = tree();
        JsonNode ids = root.at("/model/vocab");
        root.set("normalizer", json(NORMALIZER));
        root.set("pre_tokenizer", json(PRE_TOKENIZER));
        root.set(
                "post_processor", json(POST_PROCESSOR.formatted(ids.get("<|startoftext|>"), ids.get("<|endoftext|>"))));
        return bytes(root.toString());
    }

    private static byte[] byteLevel() {
        ObjectNode root = tree();
        root.putNull("normalizer");
        root.set("pre_tokenizer", json(BYTE_LEVEL));
        ((ObjectNode) root.path("model")).put("end_of_word_suffix", "").put("byte_fallback", false);
        return bytes(root.toString());
    }

    /** Adds the files that Hugging Face stores beside a vocabulary. */
    static Input withNeighbours(Input vocabulary) {
        return vocabulary
                .with("tokenizer_config.json", bytes(CONFIG))
                .with("special_tokens_map.json", bytes(ROLES))
                .with("added_tokens.json", bytes("{\"<dog>\": " + SIZE + "}"));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
