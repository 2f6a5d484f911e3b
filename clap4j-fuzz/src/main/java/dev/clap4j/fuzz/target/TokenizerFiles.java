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

    /** The map of characters maps "A" to "a". */
    private static final String UNIGRAM = """
            {"added_tokens": [{"id": 3, "content": "<mask>", "lstrip": true, "special": true}],
             "normalizer": {"type": "Sequence", "normalizers": [
               {"type": "Precompiled", "precompiled_charsmap": "DAAAAAAAAQBBDQAAAAAAgGEA"},
               {"type": "Strip", "strip_left": false, "strip_right": true},
               {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"}]},
             "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": true},
             "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
               {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}], "pair": [],
               "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                 "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}},
             "model": {"type": "Unigram", "unk_id": 1, "byte_fallback": false, "vocab": [["<s>", 0], ["<pad>", 0],
               ["</s>", 0], ["<mask>", 0], ["▁", -3.5], ["a", -2], ["▁a", -2.5], ["dog", -4], ["o", -5]]}}
            """;

    private static final String WORD_PIECE = """
            {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
               "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
               {"type": "BertPreTokenizer"}]},
             "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
               "max_input_chars_per_word": 100,
               "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "##a": 4, "dog": 5, "##s": 6}}}
            """;

    private static final String WHOLE_TEXT = """
            {"truncation": {"direction": "Right", "max_length": 64, "strategy": "LongestFirst", "stride": 0},
             "padding": {"strategy": {"Fixed": 64}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
               "pad_type_id": 0, "pad_token": "<unk>"},
             "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
             "pre_tokenizer": {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious",
               "invert": false},
             "post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}},
               {"SpecialToken": {"id": "b", "type_id": 0}}], "pair": [],
               "special_tokens": {"b": {"id": "b", "ids": [3], "tokens": ["b"]}}},
             "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
               "vocab": {"<unk>": 0, "▁": 1, "a": 2, "b": 3, "▁a": 4, "ab": 5}, "merges": ["▁ a", ["a", "b"]]}}
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

    /** Returns folders with a {@code tokenizer.json} of other models, and the settings of its class. */
    static List<Input> folders() {
        return List.of(
                folder(UNIGRAM, "{\"tokenizer_class\": \"XLMRobertaTokenizer\", \"pad_token\": \"<pad>\"}"),
                folder(
                        UNIGRAM,
                        "{\"tokenizer_class\": \"NllbTokenizer\", \"src_lang\": \"<s>\", \"legacy_behaviour\": true}"),
                folder(WORD_PIECE, "{\"do_lower_case\": false, \"tokenizer_class\": \"BertTokenizerFast\"}"),
                folder(
                        WHOLE_TEXT,
                        "{\"tokenizer_class\": \"GemmaTokenizer\", \"add_eos_token\": true, \"eos_token\": \"b\","
                                + " \"add_bos_token\": false, \"pad_token\": \"<unk>\"}"),
                folder(WHOLE_TEXT, "{\"tokenizer_class\": \"Siglip2Tokenizer\", \"pad_token\": \"<unk>\"}"));
    }

    private static Input folder(String tokenizer, String config) {
        return Input.of("tokenizer.json", bytes(json(tokenizer).toString()))
                .with("tokenizer_config.json", bytes(config));
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
