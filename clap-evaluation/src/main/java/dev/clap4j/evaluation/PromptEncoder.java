package dev.clap4j.evaluation;

import dev.clap4j.clip.ClipTextModel;
import dev.clap4j.clip.ContextText;
import dev.clap4j.feature.FeatureMatrix;
import java.util.List;

/** What the protocols ask of a model's text half. */
public interface PromptEncoder {
    /** The features of texts, {@code [n, D]}, not normalised, in their order. */
    FeatureMatrix encode(List<String> texts);

    /** The features of texts with vectors among their token embeddings, {@code [n, D]}, not normalised. */
    FeatureMatrix encodeWithContext(List<ContextText> texts);

    /** The width of a token embedding, and so of a context vector. */
    int width();

    /** A model's own. */
    static PromptEncoder of(ClipTextModel model) {
        return new PromptEncoder() {
            @Override
            public FeatureMatrix encode(List<String> texts) {
                return model.encode(texts);
            }

            @Override
            public FeatureMatrix encodeWithContext(List<ContextText> texts) {
                return model.encodeWithContext(texts, batch -> {});
            }

            @Override
            public int width() {
                return model.width();
            }
        };
    }
}
