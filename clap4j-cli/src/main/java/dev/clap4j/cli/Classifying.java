package dev.clap4j.cli;

import dev.clap4j.Classification;
import dev.clap4j.StoppedException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.AlphaSelection;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.UnreadableImage;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.ClassPrompts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Classifies many images, batch by batch. Those that cannot be decoded are left out.
 *
 * @param clip the model
 * @param prompts the classes
 * @param images receives each image's classification
 * @param unreadable receives the images that are left out
 * @param progress the progress, by image
 * @param err receives notes
 */
record Classifying(
        ClipModel clip,
        ClassPrompts prompts,
        Consumer<Classification> images,
        UnreadableImages unreadable,
        ProgressBar progress,
        PrintWriter err) {
    /** Classifies images with a head, or the identity; returns whether it was stopped before the last. */
    boolean run(List<Path> files, UnaryOperator<FeatureMatrix> map) {
        ZeroShotClassifier classifier = classifier(map);
        return encode(files, batch -> classify(classifier, map.apply(batch)));
    }

    /** Classifies images with alpha chosen from all of them, so none is classified before all are encoded. */
    boolean run(List<Path> files, CompiledHead head) {
        List<FeatureMatrix> batches = new ArrayList<>();
        boolean stopped = encode(files, batches::add);
        if (!batches.isEmpty()) {
            FeatureMatrix all = FeatureMatrix.concat(batches);
            AlphaSelection selection = AlphaSelection.choose(
                    head::apply,
                    AlphaSelection.prompts(prompts.classes(), clip.texts()::encode),
                    all,
                    AlphaSelection.GRID);
            err.println("clap: " + selection.describe());
            UnaryOperator<FeatureMatrix> map = features -> head.apply(features, selection.alpha());
            classify(classifier(map), map.apply(all));
        }
        return stopped;
    }

    private ZeroShotClassifier classifier(UnaryOperator<FeatureMatrix> map) {
        ModelOption.warnOfLongTexts(clip.texts().tokenizer(), ClassFeatures.texts(prompts), err);
        FeatureMatrix classes =
                ClassFeatures.of(prompts, texts -> map.apply(clip.texts().encode(texts)));
        return ZeroShotClassifier.of(classes, Scoring.of(clip.checkpoint()));
    }

    private void classify(ZeroShotClassifier classifier, FeatureMatrix batch) {
        classifier.classify(batch).forEach(images);
    }

    /** Hands on the features of all images that can be decoded; returns whether it was stopped before the last. */
    private boolean encode(List<Path> files, Consumer<FeatureMatrix> batches) {
        try {
            encode(files, batches, Steps.begin(progress, "images", files.size()));
            return false;
        } catch (StoppedException e) {
            err.printf("clap: stopped; the rows of %d of %d images are printed%n", e.done(), e.steps());
            return true;
        } finally {
            progress.rest();
        }
    }

    private void encode(List<Path> files, Consumer<FeatureMatrix> batches, Steps steps) {
        ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(true);
        try (EncodedImages<Path> encoded = clip.images().stream(files, loading, steps)) {
            try {
                encoded.forEachRemaining(batches);
            } finally {
                unreadable.add(UnreadableImage.of(encoded.skipped()), err, encoded.done());
            }
        }
    }
}
