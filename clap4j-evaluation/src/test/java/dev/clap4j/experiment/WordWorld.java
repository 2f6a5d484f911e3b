package dev.clap4j.experiment;

import dev.clap4j.Progress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A world without files: a text's feature is the sum of its words' vectors, an image's that of its class, image type and
 * domain, and a little of its own. Words of style weigh as much as classes, as they do in CLIP.
 */
public final class WordWorld implements PromptEncoder {
    /** The dimension of its features. */
    public static final int DIM = 32;
    /** Its classes. */
    public static final List<String> CLASSES = List.of("bird", "cat", "dog", "fish", "horse", "house", "ship", "tree");
    /** Its image types. */
    public static final List<String> TYPES = List.of("painting", "sketch", "cartoon", "photograph");

    private static final int PER_TYPE = 2;

    /** Every text that was encoded without context, in order. */
    public final List<String> encoded = Collections.synchronizedList(new ArrayList<>());

    /** Domains of images, two of each class and type. */
    public static Dataset dataset(String root, String... domains) {
        List<Domain> all = new ArrayList<>();
        for (String domain : domains) {
            List<LabelledImage> images = new ArrayList<>();
            for (int label = 0; label < CLASSES.size(); label++) {
                for (int type = 0; type < TYPES.size(); type++) {
                    for (int i = 0; i < PER_TYPE; i++) {
                        Path file = Path.of(root, domain, CLASSES.get(label), type + "-" + i + ".png");
                        images.add(new LabelledImage(file, label));
                    }
                }
            }
            all.add(new Domain(domain, images));
        }
        return new Dataset(Path.of(root), CLASSES, all);
    }

    /** The features of files of a {@link #dataset}. */
    public FeatureMatrix images(List<Path> files, Progress progress) {
        Steps.begin(progress, "images", files.size()).advance(files.size());
        List<float[]> rows = new ArrayList<>();
        for (Path file : files) {
            int type = Integer.parseInt(file.getFileName().toString().substring(0, 1));
            float[] row = new float[DIM];
            add(row, file.getParent().getFileName().toString(), 1);
            add(row, TYPES.get(type), 1.4);
            add(row, file.getParent().getParent().getFileName().toString(), 0.5);
            add(row, file.toString(), 0.5);
            rows.add(row);
        }
        return FeatureMatrix.ofRows(files.stream().map(Path::toString).toList(), DIM, rows);
    }

    private static void add(float[] row, String word, double length) {
        SplittableRandom random = new SplittableRandom(word.hashCode() * 31L + 7);
        for (int j = 0; j < DIM; j++) {
            row[j] += (float) (length * random.nextGaussian());
        }
    }

    @Override
    public int embedDim() {
        return DIM;
    }

    @Override
    public int contextWidth() {
        return 4;
    }

    @Override
    public FeatureMatrix encode(List<String> texts, Steps steps) {
        encoded.addAll(texts);
        steps.advance(texts.size());
        return FeatureMatrix.ofRows(
                texts, DIM, texts.stream().map(WordWorld::text).toList());
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
        steps.advance(texts.size());
        List<float[]> rows = new ArrayList<>();
        for (ContextText text : texts) {
            float[] row = text(text.text());
            for (float[] vector : text.context()) {
                for (int j = 0; j < DIM; j++) {
                    row[j] += 10 * vector[j % vector.length];
                }
            }
            rows.add(row);
        }
        return FeatureMatrix.ofRows(texts.stream().map(ContextText::text).toList(), DIM, rows);
    }

    private static float[] text(String text) {
        float[] row = new float[DIM];
        for (String word : text.split(" +", -1)) {
            add(row, word, CLASSES.contains(word) ? 1 : word.length() < 3 ? 0.1 : 0.7);
        }
        return row;
    }
}
