package dev.clap4j.cli;

import dev.clap4j.clip.ClipModel;
import dev.clap4j.clip.PromptEncoder;
import dev.clap4j.engine.Engine;
import dev.clap4j.evaluation.FeatureCache;
import dev.clap4j.evaluation.sweep.Sweep;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.Backbone;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** A CLIP model whose image features are kept from one sweep to the next. */
record SweptModel(ClipModel clip, FeatureCache cache) implements Sweep.Model {
    @Override
    public Backbone backbone() {
        return Backbone.of(clip);
    }

    @Override
    public PromptEncoder texts() {
        return clip.texts();
    }

    @Override
    public Engine engine() {
        return clip.engine();
    }

    @Override
    public FeatureMatrix images(List<Path> files, IntConsumer progress) {
        return cache.encode(clip, files, progress);
    }
}
