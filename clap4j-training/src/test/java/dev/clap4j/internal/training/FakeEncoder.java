package dev.clap4j.internal.training;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** An encoder without a model: a feature is a bag of random vectors, one for each word, and of the noise. */
final class FakeEncoder implements PromptEncoder {
    static final int DIM = 16;
    private static final int BATCH = 500;

    final List<String> encoded = new ArrayList<>();
    int noisy;
    String tokenizer = "";

    @Override
    public String tokenizerFingerprint() {
        return tokenizer;
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
        for (int i = 0; i < texts.size(); i += BATCH) {
            steps.advance(Math.min(BATCH, texts.size() - i));
        }
        encoded.addAll(texts);
        return FeatureMatrix.ofRows(
                texts, DIM, texts.stream().map(FakeEncoder::words).toList());
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
        steps.advance(texts.size());
        noisy += texts.size();
        return FeatureMatrix.ofRows(
                texts.stream().map(ContextText::text).toList(),
                DIM,
                texts.stream().map(FakeEncoder::withNoise).toList());
    }

    private static float[] words(String text) {
        float[] sum = new float[DIM];
        for (String word : text.split(" ", -1)) {
            SplittableRandom random = new SplittableRandom(word.hashCode());
            for (int i = 0; i < DIM; i++) {
                sum[i] += (float) random.nextGaussian();
            }
        }
        return sum;
    }

    private static float[] withNoise(ContextText text) {
        float[] sum = words(text.text());
        for (float[] vector : text.context()) {
            for (int i = 0; i < DIM; i++) {
                sum[i] += vector[i % vector.length] * text.position().name().length();
            }
        }
        return sum;
    }

    /** Options for which a whole run takes a moment. */
    static ClapOptions options() {
        return Defaults.forClasses(Arrays.asList("dog", "cat", "house"), DIM)
                .withSchedule(new Schedule(100, 20, 5, 0.01))
                .withSeed(3);
    }
}
