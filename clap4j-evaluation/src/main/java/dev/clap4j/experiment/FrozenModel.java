package dev.clap4j.experiment;

import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.engine.Engine;
import java.util.Optional;

/**
 * The frozen model of an experiment, as far as heads and texts need it.
 *
 * @param backbone identifies the model in heads and records
 * @param texts the text encoder
 * @param engine runs the heads
 * @param clip the whole model; empty in experiments without pixels
 */
public record FrozenModel(Backbone backbone, PromptEncoder texts, Engine engine, Optional<ClipModel> clip) {
    /** Returns a model. The caller closes it. */
    public static FrozenModel of(ClipModel clip) {
        return new FrozenModel(Backbone.of(clip), clip.texts(), clip.engine(), Optional.of(clip));
    }

    /** Returns a model whose text features are computed by another encoder. */
    public FrozenModel withTexts(PromptEncoder other) {
        return new FrozenModel(backbone, other, engine, clip);
    }
}
