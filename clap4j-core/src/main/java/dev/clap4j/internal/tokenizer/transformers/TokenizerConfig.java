package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.internal.tokenizer.json.JsonFile;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings in the files of a tokenizer.
 *
 * @param folder the folder of the files
 * @param tokenizer {@code tokenizer_config.json}
 * @param special {@code special_tokens_map.json}
 * @param model {@code config.json}
 */
record TokenizerConfig(Path folder, JsonPart tokenizer, JsonPart special, JsonPart model) {
    /** Settings that change ids, with the only value that is supported. */
    private static final Map<String, String> NEUTRAL = Map.of(
            "padding_side", "\"right\"",
            "truncation_side", "\"right\"",
            "sp_model_kwargs", "{}",
            "split_special_tokens", "false",
            "do_basic_tokenize", "true",
            "never_split", "[]");

    /** Reads the files, each of which may be missing. */
    static TokenizerConfig read(Path folder) {
        TokenizerConfig config = new TokenizerConfig(
                folder,
                JsonFile.open(folder.resolve("tokenizer_config.json")),
                JsonFile.open(folder.resolve("special_tokens_map.json")),
                JsonFile.open(folder.resolve("config.json")));
        NEUTRAL.forEach((key, value) -> {
            if (config.tokenizer.has(key)
                    && !config.tokenizer.node().get(key).toString().equals(value)) {
                throw config.tokenizer.unexpected(key, value + "; other values are not supported");
            }
        });
        return config;
    }

    /** Returns the name of the tokenizer's class, without the suffix of its fast variant. */
    Optional<String> className() {
        return Stream.of(tokenizer, model)
                .filter(part -> part.has("tokenizer_class"))
                .map(part -> part.text("tokenizer_class").replaceFirst("Fast$", ""))
                .findFirst();
    }

    /** Returns the type of the model. */
    Optional<String> modelType() {
        return model.has("model_type") ? Optional.of(model.text("model_type")) : Optional.empty();
    }

    /** Returns the spelling of the special token with a role, such as {@code pad_token}, if a file says it. */
    Optional<String> role(String role) {
        return List.of(tokenizer, special).stream()
                .filter(part -> part.has(role))
                .map(part -> part.node().get(role).isTextual()
                        ? part.text(role)
                        : part.part(role).text("content"))
                .findFirst();
    }
}
