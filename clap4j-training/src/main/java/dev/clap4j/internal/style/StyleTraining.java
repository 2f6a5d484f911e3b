package dev.clap4j.internal.style;

import dev.clap4j.Progress;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Learns styles, one after another (Cho et al. 2023, section 3.1; constants as in the CLAP authors' code). Each style
 * has its own random initial vectors, so a resumed training gives the same styles as an uninterrupted one.
 */
final class StyleTraining {
    /** The number of vectors in a style. */
    static final int VECTORS = 4;

    private static final int ITERATIONS = 100;

    /** The number of styles between two log messages. */
    private static final int MILESTONE = 10;

    private static final float INITIAL_STD = 0.02f;

    private final ClipModel model;
    private final List<String> classes;
    private final long seed;

    StyleTraining(ClipModel model, List<String> classes, long seed) {
        this.model = model;
        this.classes = classes;
        this.seed = seed;
    }

    /**
     * Returns the first {@code count} styles.
     *
     * @param file holds the styles already learned, and receives each new one
     */
    List<LearnedStyle> train(int count, Path file, Progress progress) {
        StyleFile kept = new StyleFile(file, fingerprint());
        List<LearnedStyle> styles = new ArrayList<>(kept.load(VECTORS, width(), model.embedDim()));
        if (styles.size() >= count) {
            return styles.subList(0, count);
        }
        train(styles, count, kept, progress);
        return styles;
    }

    private void train(List<LearnedStyle> styles, int count, StyleFile kept, Progress progress) {
        Steps steps = Steps.begin(progress, "styles", count, styles.size());
        try (StyleObjective objective = StyleObjective.of(model, classes, VECTORS, count)) {
            while (styles.size() < count) {
                styles.add(next(objective, styles, count, steps));
                kept.save(styles);
                steps.advance(1);
            }
        }
    }

    private LearnedStyle next(StyleObjective objective, List<LearnedStyle> earlier, int of, Steps steps) {
        StyleFit fit = new StyleFit(objective, earlier, initial(earlier.size()));
        double loss = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            steps.checkStop();
            loss = fit.step();
            steps.note(String.format(Locale.ROOT, "loss %.4f", loss));
        }
        int learned = earlier.size() + 1;
        if (learned % MILESTONE == 0) {
            steps.milestone(String.format(Locale.ROOT, "style %d of %d: loss %.4f", learned, of, loss));
        }
        return fit.style();
    }

    private float[][] initial(int number) {
        RandomGenerator random = new Streams(seed).get("style", number);
        float[][] vectors = new float[VECTORS][width()];
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (random.nextGaussian() * INITIAL_STD);
            }
        }
        return vectors;
    }

    private int width() {
        return model.checkpoint().architecture().text().width();
    }

    /** Returns a fingerprint of everything that affects the styles, except their number. */
    private String fingerprint() {
        return Digests.of(
                model.checkpoint().contentDigest() + "\n" + model.texts().tokenizerFingerprint() + "\n" + seed + "\n"
                        + VECTORS + "\n" + ITERATIONS + "\n" + String.join("\n", classes));
    }
}
