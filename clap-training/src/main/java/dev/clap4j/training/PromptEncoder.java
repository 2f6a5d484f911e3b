package dev.clap4j.training;

import dev.clap4j.clip.ClipTextModel;
import dev.clap4j.clip.ContextText;
import dev.clap4j.feature.FeatureMatrix;
import java.util.List;
import java.util.function.IntConsumer;

/** The frozen text encoder that training takes its features from. The same batch of texts gives the same bits. */
public interface PromptEncoder {
    /** The dimension D of the features. */
    int embedDim();

    /** The width of a token embedding, and so of a noise vector. */
    int contextWidth();

    /**
     * The features of texts, {@code [n, embedDim]}, not normalised, in order.
     *
     * @param progress told now and then how many more texts are done
     */
    FeatureMatrix encode(List<String> texts, IntConsumer progress);

    /** As {@link #encode}, of texts with vectors among their token embeddings, each text with its own. */
    FeatureMatrix encodeWithContext(List<ContextText> texts, IntConsumer progress);

    /** The text half of a CLIP model. */
    static PromptEncoder of(ClipTextModel model) {
        return new PromptEncoder() {
            @Override
            public int embedDim() {
                return model.embedDim();
            }

            @Override
            public int contextWidth() {
                return model.width();
            }

            @Override
            public FeatureMatrix encode(List<String> texts, IntConsumer progress) {
                return model.encode(texts, progress);
            }

            @Override
            public FeatureMatrix encodeWithContext(List<ContextText> texts, IntConsumer progress) {
                return model.encodeWithContext(texts, progress);
            }
        };
    }
}
