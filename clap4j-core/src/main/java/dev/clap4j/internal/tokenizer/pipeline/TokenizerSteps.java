package dev.clap4j.internal.tokenizer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The steps from a text to ids, as a {@code tokenizer.json} or the tokenizer's class describes them.
 *
 * @param ids ids of all tokens, including the added ones
 * @param added the added tokens
 * @param beforeAdded normalizes the whole text before added tokens are looked for
 * @param normalizer normalizes the text between them
 * @param preTokenizer splits it into pieces
 * @param model splits pieces into tokens
 * @param ends the tokens around those of a text
 * @param description everything that determines the ids except vocabulary and model
 */
public record TokenizerSteps(
        Map<String, Integer> ids,
        List<AddedToken> added,
        Normalizer beforeAdded,
        Normalizer normalizer,
        PreTokenizer preTokenizer,
        Model model,
        Ends ends,
        String description) {
    /** Makes the list unmodifiable. */
    public TokenizerSteps {
        added = List.copyOf(added);
    }

    /** Creates steps from ids of the model's own tokens and added tokens. */
    public static TokenizerSteps of(
            Map<String, Integer> ids,
            List<AddedToken> added,
            Normalizer normalizer,
            PreTokenizer preTokenizer,
            Model model,
            Ends ends,
            String description) {
        return new TokenizerSteps(
                TokenIds.with(ids, added),
                added,
                Normalizer.none(),
                normalizer,
                preTokenizer,
                model,
                ends,
                description);
    }

    /** Returns these steps with further added tokens. */
    public TokenizerSteps withAdded(List<AddedToken> more) {
        List<AddedToken> all = new ArrayList<>(added);
        all.addAll(more);
        return new TokenizerSteps(
                TokenIds.with(ids, more),
                all,
                beforeAdded,
                normalizer,
                preTokenizer,
                model,
                ends,
                more + "\n" + description);
    }

    /** Returns these steps with another normalizer, which has a name for the description. */
    public TokenizerSteps with(String name, Normalizer other) {
        return new TokenizerSteps(ids, added, beforeAdded, other, preTokenizer, model, ends, description + "\n" + name);
    }

    /** Returns these steps with another pre-tokenizer, which has a name for the description. */
    public TokenizerSteps with(String name, PreTokenizer other) {
        return new TokenizerSteps(ids, added, beforeAdded, normalizer, other, model, ends, description + "\n" + name);
    }

    /** Returns these steps with the tokens around a text that the vocabulary implies. */
    public TokenizerSteps withImplied(Ends other) {
        return new TokenizerSteps(ids, added, beforeAdded, normalizer, preTokenizer, model, other, description);
    }

    /** Returns these steps with other tokens around a text. */
    public TokenizerSteps with(Ends other) {
        return new TokenizerSteps(
                ids, added, beforeAdded, normalizer, preTokenizer, model, other, description + "\n" + other);
    }

    /** Returns these steps with a normalizer of the whole text in front. */
    public TokenizerSteps before(Normalizer whole) {
        return new TokenizerSteps(ids, added, whole, normalizer, preTokenizer, model, ends, description);
    }
}
