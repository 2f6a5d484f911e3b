package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.tokenizer.TokenizerReference;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the tokenizer settings in {@code open_clip_config.json}. */
final class OpenClipTokenizer {
    /** Options with the values that change nothing. */
    private static final Map<String, String> NEUTRAL =
            Map.of("reduction_mask", "\"\"", "strip_sep_token", "false", "additional_special_tokens", "[]");

    private OpenClipTokenizer() {}

    static TokenizerReference read(Path path) {
        ConfigSection root = ConfigSection.read(path);
        ConfigSection text = (root.has("model_cfg") ? root.section("model_cfg") : root).section("text_cfg");
        if (!text.text("tokenizer_mode", "").isEmpty()) {
            throw text.unexpected("tokenizer_mode", "none; others are not supported");
        }
        ConfigSection options = text.section("tokenizer_kwargs");
        options.require(NEUTRAL);
        for (String key : options.keys()) {
            if (!key.equals("clean") && !NEUTRAL.containsKey(key)) {
                throw options.unexpected(key, "none: of a tokenizer's options, only clean is supported");
            }
        }
        boolean huggingFace = !text.text("hf_tokenizer_name", "").isEmpty();
        return TokenizerReference.openClip(cleaning(options), huggingFace);
    }

    private static Optional<Cleaning> cleaning(ConfigSection options) {
        if (!options.has("clean")) {
            return Optional.empty();
        }
        return Optional.of(
                switch (options.text("clean", "")) {
                    case "lower" -> Cleaning.LOWER;
                    case "whitespace" -> Cleaning.WHITESPACE;
                    case "canonicalize" -> Cleaning.CANONICALIZE;
                    default -> throw options.unexpected("clean", "\"lower\", \"whitespace\" or \"canonicalize\"");
                });
    }
}
