package dev.clap4j.internal.clip;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import java.util.List;

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
     * @param steps advanced after every batch by its texts
     * @return {@code [n, embedDim]}, in the order of the texts, which are the rows' ids
     */
    FeatureMatrix encode(List<String> texts, Steps steps);

    /** As {@link #encode(List, Steps)}, of texts with vectors among their token embeddings, each with its own. */
    FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps);

    /** {@link #encode(List, Steps)} without progress. */
    default FeatureMatrix encode(List<String> texts) {
        return encode(texts, Steps.untold());
    }

    /** {@link #encodeWithContext(List, Steps)} without progress. */
    default FeatureMatrix encodeWithContext(List<ContextText> texts) {
        return encodeWithContext(texts, Steps.untold());
    }
}
