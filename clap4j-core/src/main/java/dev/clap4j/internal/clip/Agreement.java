package dev.clap4j.internal.clip;

import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Agreement between the outputs of a model in reduced precision and in fp32.
 *
 * @param images the similarity of image features in both precisions
 * @param texts the similarity of text features in both precisions; null for a model without a tokenizer
 * @param sameText the proportion of images whose best text is the same in both precisions, 0 to 1; null without texts
 */
public record Agreement(CosineSummary images, CosineSummary texts, Double sameText) {
    private static final List<String> WORDS = List.of(
            "dog",
            "house",
            "guitar",
            "apple",
            "car",
            "tree",
            "person",
            "clock",
            "boat",
            "flower",
            "chair",
            "cup",
            "mountain",
            "bird",
            "book",
            "shoe");

    /** Prompts of everyday objects, used if no classes are given. */
    public static final List<String> PROMPTS =
            WORDS.stream().map(word -> "a photo of a " + word).toList();

    /**
     * Compares features of the same images and texts.
     *
     * @param exactImages {@code [n, D]} in fp32
     * @param images the same in reduced precision
     * @param exactTexts {@code [k, D]} in fp32; no rows if there are no texts
     * @param texts the same in reduced precision
     */
    static Agreement of(
            FeatureMatrix exactImages, FeatureMatrix images, FeatureMatrix exactTexts, FeatureMatrix texts) {
        CosineSummary ofImages = CosineSummary.of(exactImages, images);
        if (exactTexts.rows() == 0) {
            return new Agreement(ofImages, null, null);
        }
        int[] expected = ZeroShotClassifier.of(exactTexts, 1).predict(exactImages);
        int[] found = ZeroShotClassifier.of(texts, 1).predict(images);
        long same = IntStream.range(0, expected.length)
                .filter(i -> expected[i] == found[i])
                .count();
        return new Agreement(ofImages, CosineSummary.of(exactTexts, texts), (double) same / expected.length);
    }

    /**
     * Measures the agreement on image files.
     *
     * @param exact the model in fp32
     * @param rounded the same model in reduced precision
     * @param texts descriptions of what the images may show; ignored if the model has no tokenizer
     * @param progress advanced for every image, once per precision
     */
    public static Agreement onFiles(
            ClipModel exact, ClipModel rounded, List<Path> files, List<String> texts, Progress progress) {
        Steps steps = Steps.begin(progress, "images", 2L * files.size());
        return of(
                exact.images().encode(files, steps),
                rounded.images().encode(files, steps),
                texts(exact, texts),
                texts(rounded, texts));
    }

    /** Measures the agreement on a few generated images, the same ones for all models of one image size. */
    public static Agreement onDrawings(ClipModel exact, ClipModel rounded, List<String> texts) {
        int size = exact.checkpoint().architecture().vision().imageSize();
        return of(
                PreparedInputs.encodePixels(exact, DrawnPictures.pixels(size)),
                PreparedInputs.encodePixels(rounded, DrawnPictures.pixels(size)),
                texts(exact, texts),
                texts(rounded, texts));
    }

    private static FeatureMatrix texts(ClipModel model, List<String> texts) {
        return model.checkpoint().tokenizerFiles().isEmpty()
                ? new FeatureMatrix(List.of(), model.embedDim(), new float[0])
                : model.texts().encode(texts);
    }

    /** Returns all values in one line. */
    @Override
    public String toString() {
        String ofImages = "cosine of image features " + text(images);
        if (texts == null) {
            return ofImages;
        }
        return ofImages + ", of text features " + text(texts) + ", the same best text for "
                + String.format(Locale.ROOT, "%.1f %%", 100 * sameText) + " of the images";
    }

    private static String text(CosineSummary similarity) {
        return String.format(
                Locale.ROOT, "%.5f (at least %.5f, of %d)", similarity.mean(), similarity.least(), similarity.count());
    }
}
