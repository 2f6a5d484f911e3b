package dev.clap4j.cli;

import dev.clap4j.Progress;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.evaluation.sweep.Sweep;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.engine.Engine;
import java.nio.file.Path;
import java.util.List;

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
    public FeatureMatrix images(List<Path> files, Progress progress) {
        return cache.encode(clip, files, progress);
    }
}
