package dev.clap4j.internal.clip;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import java.util.List;

/**
 * A frozen text encoder for training and evaluation. Encoding is deterministic: the same batch of texts gives bitwise
 * equal features.
 */
public interface PromptEncoder {
    /** Returns the dimension D of the features. */
    int embedDim();

    /** Returns the width of a token embedding, and so of a context vector. */
    int contextWidth();

    /**
     * Returns a fingerprint of the tokenizer, which changes whenever a text may be tokenized differently, and so have
     * other features.
     *
     * @return empty if the encoder has none
     */
    default String tokenizerFingerprint() {
        return "";
    }

    /**
     * Returns the features of texts, not normalised.
     *
     * @param steps advanced after every batch by its number of texts
     * @return {@code [n, embedDim]}, in the order of the texts, which are the row ids
     */
    FeatureMatrix encode(List<String> texts, Steps steps);

    /**
     * Encodes texts like {@link #encode(List, Steps)}, each with its own context vectors among the token embeddings.
     */
    FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps);

    /** Calls {@link #encode(List, Steps)} without progress. */
    default FeatureMatrix encode(List<String> texts) {
        return encode(texts, Steps.unreported());
    }

    /** Calls {@link #encodeWithContext(List, Steps)} without progress. */
    default FeatureMatrix encodeWithContext(List<ContextText> texts) {
        return encodeWithContext(texts, Steps.unreported());
    }
}
