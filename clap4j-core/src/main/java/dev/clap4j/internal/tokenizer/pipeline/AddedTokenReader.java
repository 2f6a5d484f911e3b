package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.json.JsonPart;
import java.util.Set;

/** Reads added tokens. */
final class AddedTokenReader {
    static final Set<String> KEYS =
            Set.of("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special", "__type");

    private AddedTokenReader() {}

    /**
     * Reads a token from an object with its content and flags.
     *
     * @param id its id
     */
    static AddedToken read(JsonPart part, int id) {
        boolean special = part.flag("special", false);
        return new AddedToken(
                part.text("content"),
                id,
                part.flag("single_word", false),
                part.flag("lstrip", false),
                part.flag("rstrip", false),
                part.flag("normalized", !special));
    }
}
