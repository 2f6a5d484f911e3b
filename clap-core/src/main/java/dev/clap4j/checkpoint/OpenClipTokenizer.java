package dev.clap4j.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.tokenizer.TokenizerReference;
import dev.clap4j.tokenizer.cleaning.Cleaning;
import java.nio.file.Path;
import java.util.Optional;

/** Reads from {@code open_clip_config.json} how texts become tokens. */
final class OpenClipTokenizer {
    private OpenClipTokenizer() {}

    static TokenizerReference read(Path path) {
        ConfigSection root = ConfigSection.read(path);
        ConfigSection text = (root.has("model_cfg") ? root.section("model_cfg") : root).section("text_cfg");
        if (!text.text("tokenizer_mode", "").isEmpty()) {
            throw text.unexpected("tokenizer_mode", "none; others are not supported");
        }
        ConfigSection options = text.section("tokenizer_kwargs");
        options.node().fieldNames().forEachRemaining(key -> check(options, key));
        boolean huggingFace = !text.text("hf_tokenizer_name", "").isEmpty();
        return TokenizerReference.openClip(cleaning(options), huggingFace);
    }

    private static void check(ConfigSection options, String key) {
        JsonNode value = options.node().get(key);
        boolean harmless =
                switch (key) {
                    case "clean" -> true;
                    case "reduction_mask" -> value.isNull() || value.asText("-").isEmpty();
                    case "strip_sep_token" -> value.isNull() || (value.isBoolean() && !value.asBoolean());
                    case "language" -> value.isNull();
                    case "additional_special_tokens" -> value.isNull() || (value.isArray() && value.isEmpty());
                    default ->
                        throw new ClapException(options.path() + ": " + options.where() + key
                                + " is an option of tokenizers that is not supported; the one that is is clean");
                };
        if (!harmless) {
            throw options.unexpected(key, "none; other values are not supported");
        }
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
