package dev.clap4j.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;

/**
 * A model that is evaluated.
 *
 * @param backbone its name, its weights and what runs it
 * @param architecture the name of its geometry, such as {@code ViT-B/16}; empty if it has none
 * @param preprocessing what is done to images before the encoder
 */
public record EvaluatedModel(Backbone backbone, String architecture, String preprocessing) {
    /** A model. */
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
