package dev.clap4j.internal.clip;

import dev.clap4j.feature.FeatureMatrix;
import java.util.List;
import java.util.function.IntConsumer;

/** A frozen text encoder, as training and evaluation see it. The same batch of texts gives the same bits. */
public interface PromptEncoder {
    /** The dimension D of the features. */
    int embedDim();

    /** The width of a token embedding, and so of a context vector. */
    int contextWidth();

    /**
     * Identifies how texts become tokens: another one whenever a text may have other tokens, and so other features.
     *
     * @return empty if the encoder does not say
     */
    default String tokenizerFingerprint() {
        return "";
    }

    /**
     * The features of texts, not normalised.
     *
     * @param progress told after every batch how many texts it had
     * @return {@code [n, embedDim]}, in the order of the texts, which are the rows' ids
     */
    FeatureMatrix encode(List<String> texts, IntConsumer progress);

    /** As {@link #encode(List, IntConsumer)}, of texts with vectors among their token embeddings, each with its own. */
    FeatureMatrix encodeWithContext(List<ContextText> texts, IntConsumer progress);

    /** {@link #encode(List, IntConsumer)} without progress. */
    default FeatureMatrix encode(List<String> texts) {
        return encode(texts, batch -> {});
    }

    /** {@link #encodeWithContext(List, IntConsumer)} without progress. */
    default FeatureMatrix encodeWithContext(List<ContextText> texts) {
        return encodeWithContext(texts, batch -> {});
    }
}
