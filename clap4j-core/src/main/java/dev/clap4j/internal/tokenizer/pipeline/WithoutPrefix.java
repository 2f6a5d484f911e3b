package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Arrays;

/**
 * A model that puts a prefix before every piece and drops the tokens of the prefix.
 *
 * @param model the model
 * @param tokens the number of tokens of the prefix alone
 */
public record WithoutPrefix(Model model, int tokens) implements Model {
    @Override
    public int[] ids(String piece) {
        int[] ids = model.ids(piece);
        return ids.length < tokens ? ids : Arrays.copyOfRange(ids, tokens, ids.length);
    }

    @Override
    public String description() {
        return "without the first " + tokens + " of\n" + model.description();
    }
}
