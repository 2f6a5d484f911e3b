package dev.clap4j.training;

import dev.clap4j.clip.ContextText;
import dev.clap4j.clip.PromptEncoder;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.io.SafetensorsFile;
import dev.clap4j.io.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * The second of training's three parts: turns each distinct text into a feature once, interval by interval. Noisy texts,
 * which are all distinct, are encoded together for all steps of an interval and forgotten behind it.
 *
 * <p>Texts are encoded in blocks, each a file of its own, written whole; so an interrupted run encodes no block twice.
 * How texts fall into blocks follows from the plan alone, so the features of a resumed run have the same bits.
 */
final class EncoderPass {
    private static final int BLOCK = 4096;

    private final PromptEncoder encoder;
    private final Path folder;
    private final Map<String, float[]> features = new HashMap<>();

    EncoderPass(PromptEncoder encoder, Path folder) {
        this.encoder = encoder;
        this.folder = folder;
    }

    /**
     * The features of an interval's steps.
     *
     * @param number the interval's; it names the files
     * @param progress told how many more texts are done, those read from files included
     */
    EncodedInterval encode(int number, List<PlannedStep> steps, Progress progress) {
        List<String> plain = newTexts(steps);
        List<ContextText> noisy = noisyTexts(steps);
        progress.begin(plain.size(), noisy.size());
        encodePlain(number, plain, progress);
        List<float[]> noisyRows =
                blocks("noisy-" + number, noisy, texts -> encoder.encodeWithContext(texts, progress), progress);
        return new EncodedInterval(encoder.embedDim(), steps, features, noisyRows);
    }

    /** Takes up the texts of an interval that an earlier run has been through. */
    void remember(int number, List<PlannedStep> steps, Progress progress) {
        List<String> plain = newTexts(steps);
        progress.begin(plain.size(), 0);
        encodePlain(number, plain, progress);
    }

    private void encodePlain(int number, List<String> texts, Progress progress) {
        List<float[]> rows = blocks("plain-" + number, texts, block -> encoder.encode(block, progress), progress);
        for (int i = 0; i < texts.size(); i++) {
            features.put(texts.get(i), rows.get(i));
        }
    }

    /** How far the encoding of an interval is. */
    interface Progress extends IntConsumer {
        /** There are so many texts to encode. */
        void begin(int plain, int noisy);
    }

    /** Texts without noise that no earlier interval had, in the order in which they come. */
    private List<String> newTexts(List<PlannedStep> steps) {
        Set<String> texts = new LinkedHashSet<>();
        for (PlannedStep step : steps) {
            texts.addAll(step.prompts());
            texts.addAll(step.classNames());
            if (!step.isNoisy()) {
                texts.addAll(step.augmented());
            }
        }
        texts.removeAll(features.keySet());
        return new ArrayList<>(texts);
    }

    private static List<ContextText> noisyTexts(List<PlannedStep> steps) {
        List<ContextText> texts = new ArrayList<>();
        for (PlannedStep step : steps) {
            if (step.isNoisy()) {
                step.augmented().forEach(text -> texts.add(new ContextText(text, step.context(), step.position())));
            }
        }
        return texts;
    }

    private <T> List<float[]> blocks(
            String name, List<T> texts, Function<List<T>, FeatureMatrix> encode, IntConsumer progress) {
        List<float[]> rows = new ArrayList<>();
        for (int start = 0; start < texts.size(); start += BLOCK) {
            List<T> block = texts.subList(start, Math.min(texts.size(), start + BLOCK));
            Path file = folder.resolve(name + "-" + start / BLOCK + ".safetensors");
            if (Files.exists(file)) {
                progress.accept(block.size());
            } else {
                FeatureMatrix encoded = encode.apply(block);
                SafetensorsFile.write(
                        file,
                        Map.of(),
                        List.of(TensorData.of("features", encoded.values(), block.size(), encoded.dim())));
            }
            addRows(rows, SafetensorsFile.open(file).get("features"));
        }
        return rows;
    }

    private static void addRows(List<float[]> rows, TensorData block) {
        float[] values = block.toFloats();
        int dim = (int) block.shape()[1];
        for (int start = 0; start < values.length; start += dim) {
            rows.add(Arrays.copyOfRange(values, start, start + dim));
        }
    }
}
