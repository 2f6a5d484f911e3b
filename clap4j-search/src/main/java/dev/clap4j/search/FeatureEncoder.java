package dev.clap4j.search;

import dev.clap4j.Clip;
import dev.clap4j.UnreadableImage;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Features and labels of pictures: the features that {@code clap embed --normalise} writes. It must be closed. */
final class FeatureEncoder implements AutoCloseable {
    private final ClipModel model;
    private final Optional<CompiledHead> head;
    private final float alpha;
    private final ImageLabels labels;

    private FeatureEncoder(ClipModel model, Optional<CompiledHead> head, float alpha, ImageLabels labels) {
        this.model = model;
        this.head = head;
        this.alpha = alpha;
        this.labels = labels;
    }

    /** Prepares encoding, with the words that an index has for classes and styles. */
    static FeatureEncoder of(Clip clip, IndexInfo info) {
        ClipModel model = ClipAccess.encoders(clip);
        ImageLabels labels = ImageLabels.of(clip, info);
        return new FeatureEncoder(
                model,
                clip.head().map(given -> CompiledHead.of(given, model.engine())),
                ClipAccess.alpha(clip),
                labels);
    }

    /**
     * Pictures encoded together.
     *
     * @param features of length 1, with the paths as ids
     * @param classScores by picture
     * @param styleScores by picture
     */
    record Batch(FeatureMatrix features, List<float[]> classScores, List<float[]> styleScores) {}

    /** Encodes pictures batch by batch, and returns those that cannot be decoded. */
    List<UnreadableImage> encode(List<Path> files, Steps steps, Consumer<Batch> batches) {
        ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(true);
        try (EncodedImages<Path> encoded = model.images().stream(files, loading, steps)) {
            encoded.forEachRemaining(before -> {
                FeatureMatrix after =
                        head.map(compiled -> compiled.apply(before, alpha)).orElse(before);
                batches.accept(new Batch(after.normalised(), labels.ofClasses(after), labels.ofStyles(before)));
            });
            return ImageBatches.Skipped.files(encoded.skipped());
        }
    }

    /** Returns the class scores of a picture from its feature. */
    float[] classScores(float[] feature) {
        return labels.ofClasses(matrix(feature)).get(0);
    }

    /** Returns the style scores of a picture from its feature; empty with a head, which hides the style. */
    Optional<float[]> styleScores(float[] feature) {
        return head.isPresent()
                ? Optional.empty()
                : Optional.of(labels.ofStyles(matrix(feature)).get(0));
    }

    private static FeatureMatrix matrix(float[] feature) {
        return new FeatureMatrix(List.of("a picture"), feature.length, feature);
    }

    @Override
    public void close() {
        head.ifPresent(CompiledHead::close);
    }
}
