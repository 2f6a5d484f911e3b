package dev.clap4j.evaluation;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.prompt.TemplatePrompts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Zero-shot classification with a different template for each class, drawn at random. A
 * style shared by all prompts shifts all class features alike and hardly changes a prediction; this shows its effect
 * when the compared prompts differ in style.
 *
 * @param draws one prompt per class for each draw, in class order
 */
public record MixedTemplates(List<List<String>> draws) {
    /** Makes the lists unmodifiable. */
    public MixedTemplates {
        draws = draws.stream().map(List::copyOf).toList();
        if (draws.isEmpty()) {
            throw new IllegalArgumentException("At least one draw is needed");
        }
    }

    /** Draws prompts for the classes; a larger count begins with the same draws. */
    public static MixedTemplates draw(List<String> classes, int count, long seed) {
        Streams streams = new Streams(seed);
        List<List<String>> prompts = classes.stream().map(TemplatePrompts::of).toList();
        List<List<String>> draws = new ArrayList<>();
        for (int draw = 0; draw < count; draw++) {
            RandomGenerator random = streams.get("mixed templates", draw);
            draws.add(prompts.stream()
                    .map(ofClass -> ofClass.get(random.nextInt(ofClass.size())))
                    .toList());
        }
        return new MixedTemplates(draws);
    }

    /** Returns all prompts, draw by draw. */
    public List<String> texts() {
        return draws.stream().flatMap(List::stream).toList();
    }

    /**
     * Returns a method's accuracy, averaged over the draws.
     *
     * @param texts the features of {@link #texts}, not normalised
     */
    public PromptResult evaluate(EncodedDataset data, FeatureMatrix texts, Method method) {
        return result(data.dataset(), predict(data, texts, method));
    }

    /**
     * Returns a method's predictions, class numbers {@code [images]} by draw and domain.
     *
     * @param texts the features of {@link #texts}, not normalised
     */
    public List<List<int[]>> predict(EncodedDataset data, FeatureMatrix texts, Method method) {
        List<String> classes = data.dataset().classes();
        FeatureMatrix content = method.apply(texts);
        List<FeatureMatrix> images = data.mapped(method::apply);
        return IntStream.range(0, draws.size())
                .mapToObj(draw -> {
                    FeatureMatrix own =
                            content.select(IntStream.range(draw * classes.size(), (draw + 1) * classes.size())
                                    .toArray());
                    ZeroShotClassifier classifier = ZeroShotClassifier.of(own.withIds(classes), 1);
                    return images.stream().map(classifier::predict).toList();
                })
                .toList();
    }

    /** Returns the accuracy, averaged over the draws. */
    public static PromptResult result(Dataset dataset, List<List<int[]>> predicted) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        for (List<int[]> draw : predicted) {
            for (int d = 0; d < draw.size(); d++) {
                Domain domain = dataset.domains().get(d);
                double reached = Metrics.accuracy(draw.get(d), domain.labels());
                accuracy.merge(domain.name(), reached / predicted.size(), Double::sum);
            }
        }
        return PromptResult.of("mixed templates", accuracy);
    }

    /**
     * Returns by domain the fraction of draws in which each image is classified correctly, {@code [images]}.
     *
     * @param predicted see {@link #predict}
     */
    public static List<double[]> right(Dataset dataset, List<List<int[]>> predicted) {
        return IntStream.range(0, dataset.domains().size())
                .mapToObj(d -> {
                    int[] labels = dataset.domains().get(d).labels();
                    double[] share = new double[labels.length];
                    for (List<int[]> draw : predicted) {
                        for (int i = 0; i < labels.length; i++) {
                            share[i] += draw.get(d)[i] == labels[i] ? 1.0 / predicted.size() : 0;
                        }
                    }
                    return share;
                })
                .toList();
    }
}
