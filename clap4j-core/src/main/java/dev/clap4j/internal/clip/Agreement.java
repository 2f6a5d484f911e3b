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
 * How nearly a model in 8-bit integers says what it says in 32-bit floating point.
 *
 * @param images the features of images in both precisions
 * @param texts the features of texts in both precisions; null for a model without a tokenizer
 * @param sameText the share of images whose best text is the same in both precisions, 0 to 1; null without texts
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

    /** Prompts of everyday things, for where no classes are named. */
    public static final List<String> PROMPTS =
            WORDS.stream().map(word -> "a photo of a " + word).toList();

    /**
     * Compares features of the same images and texts.
     *
     * @param exactImages {@code [n, D]} in 32-bit floating point
     * @param images the same in 8-bit integers
     * @param exactTexts {@code [k, D]} in 32-bit floating point; no rows if there are no texts
     * @param texts the same in 8-bit integers
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
     * Measures it on image files.
     *
     * @param exact the model in 32-bit floating point
     * @param quantised the same model in 8-bit integers
     * @param texts what the images may show; not looked at if the model has no tokenizer
     * @param progress told of every image, once for each precision
     */
    public static Agreement onFiles(
            ClipModel exact, ClipModel quantised, List<Path> files, List<String> texts, Progress progress) {
        Steps steps = Steps.begin(progress, "images", 2L * files.size());
        return of(
                exact.images().encode(files, steps),
                quantised.images().encode(files, steps),
                texts(exact, texts),
                texts(quantised, texts));
    }

    /** Measures it on a few drawn pictures, the same ones for every model of one image size. */
    public static Agreement onDrawings(ClipModel exact, ClipModel quantised, List<String> texts) {
        int size = exact.checkpoint().architecture().vision().imageSize();
        return of(
                PreparedInputs.encodePixels(exact, DrawnPictures.pixels(size)),
                PreparedInputs.encodePixels(quantised, DrawnPictures.pixels(size)),
                texts(exact, texts),
                texts(quantised, texts));
    }

    private static FeatureMatrix texts(ClipModel model, List<String> texts) {
        return model.checkpoint().tokenizerFiles().isEmpty()
                ? new FeatureMatrix(List.of(), model.embedDim(), new float[0])
                : model.texts().encode(texts);
    }

    /** All of it in a line. */
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
