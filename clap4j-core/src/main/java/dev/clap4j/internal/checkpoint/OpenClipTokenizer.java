package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.tokenizer.TokenizerReference;
import dev.clap4j.internal.tokenizer.TokenizerReference.Layout;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tokenizer settings in {@code open_clip_config.json}. */
final class OpenClipTokenizer {
    /** Options with the values that change nothing. */
    private static final Map<String, String> NEUTRAL =
            Map.of("reduction_mask", "\"\"", "additional_special_tokens", "[]");

    /** Options that are read; the reference sets the language, but goes back to the tokenizer's own with every call. */
    private static final Set<String> READ = Set.of("clean", "strip_sep_token", "language", "tokenizer_mode");

    private OpenClipTokenizer() {}

    static TokenizerReference read(Path path) {
        ConfigSection root = ConfigSection.read(path);
        ConfigSection text = (root.has("model_cfg") ? root.section("model_cfg") : root).section("text_cfg");
        ConfigSection options = text.section("tokenizer_kwargs");
        options.require(NEUTRAL);
        for (String key : options.keys()) {
            if (!READ.contains(key) && !NEUTRAL.containsKey(key)) {
                throw options.unexpected(
                        key,
                        "none: of a tokenizer's options, only clean, strip_sep_token,"
                                + " tokenizer_mode and language are supported");
            }
        }
        options.text("language", "");
        boolean huggingFace = !text.text("hf_tokenizer_name", "").isEmpty();
        boolean clips = isClips(text) || isClips(options);
        boolean stripSep = options.flag("strip_sep_token");
        if ((clips || stripSep) && !huggingFace) {
            throw text.unexpected("hf_tokenizer_name", "a name, as tokenizer_mode and strip_sep_token are for those");
        }
        TokenizerReference reference = TokenizerReference.openClip(cleaning(options), huggingFace);
        return reference.with(new Layout(clips, stripSep, true));
    }

    private static boolean isClips(ConfigSection section) {
        return switch (section.text("tokenizer_mode", "")) {
            case "" -> false;
            case "clips" -> true;
            default -> throw section.unexpected("tokenizer_mode", "\"clips\" or none");
        };
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
