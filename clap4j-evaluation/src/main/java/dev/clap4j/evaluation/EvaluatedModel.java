package dev.clap4j.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;

/**
 * A model under evaluation.
 *
 * @param backbone its name, weights and engine
 * @param architecture the architecture, such as {@code ViT-B/16}; empty if it has no name
 * @param preprocessing the image preprocessing
 */
public record EvaluatedModel(Backbone backbone, String architecture, String preprocessing) {
    /** Describes a model. */
    public static EvaluatedModel of(ClipModel clip) {
        return new EvaluatedModel(
                Backbone.of(clip),
                Architectures.nameOf(clip.checkpoint().architecture()).orElse(""),
                ClipImageModel.preprocessing(clip.checkpoint()).toString());
    }

    void describe(ObjectNode node) {
        node.put("name", backbone.name())
                .put("fingerprint", backbone.fingerprint())
                .put("engine", backbone.engine())
                .put("architecture", architecture)
                .put("preprocessing", preprocessing);
    }
}
