package dev.clap4j.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Measured values.
 *
 * @param scores the scores
 * @param images values of single images
 * @param pictures files in the run directory that show the result, with their captions
 */
public record Results(List<Score> scores, List<ImageValues> images, Map<String, String> pictures) {
    /** No values. */
    public static final Results NONE = new Results(List.of(), List.of(), Map.of());

    /** Makes the lists unmodifiable. */
    public Results {
        scores = List.copyOf(scores);
        images = List.copyOf(images);
        pictures = new LinkedHashMap<>(pictures);
    }

    /** Returns scores alone. */
    public static Results ofScores(List<Score> scores) {
        return new Results(scores, List.of(), Map.of());
    }

    /** Returns values of single images alone. */
    public static Results ofImages(List<ImageValues> images) {
        return new Results(List.of(), images, Map.of());
    }

    /** Returns these values and those of another result. */
    public Results and(Results other) {
        return all(List.of(this, other));
    }

    /** Returns the values of several results, in their order. */
    public static Results all(List<Results> parts) {
        List<Score> scores = new ArrayList<>();
        List<ImageValues> images = new ArrayList<>();
        Map<String, String> pictures = new LinkedHashMap<>();
        for (Results part : parts) {
            scores.addAll(part.scores);
            images.addAll(part.images);
            pictures.putAll(part.pictures);
        }
        return new Results(scores, images, pictures);
    }

    /** Returns these values and the scores of the single images: 100 times their means. */
    public Results withMeans() {
        return and(ofScores(images.stream().map(ImageValues::score).toList()));
    }

    /** Returns these values with consecutive parts of a domain's images put together. */
    public Results joined() {
        Map<Object, List<ImageValues>> parts = new LinkedHashMap<>();
        images.forEach(
                part -> parts.computeIfAbsent(List.of(part.measure(), part.condition()), key -> new ArrayList<>())
                        .add(part));
        return new Results(scores, parts.values().stream().map(Results::join).toList(), pictures);
    }

    /**
     * Returns these values as those of samples.
     *
     * @param sample returns the identity of the images of a domain, see {@link ImageValues#sample}
     */
    public Results ofSamples(UnaryOperator<String> sample) {
        List<ImageValues> sampled = images.stream()
                .map(each -> each.ofSample(sample.apply(each.condition().get(Condition.DOMAIN))))
                .toList();
        return new Results(scores, sampled, pictures);
    }

    private static ImageValues join(List<ImageValues> parts) {
        int images = parts.stream()
                .mapToInt(part -> part.from() + part.values().length)
                .max()
                .orElseThrow();
        double[] all = new double[images];
        parts.forEach(part -> System.arraycopy(part.values(), 0, all, part.from(), part.values().length));
        return ImageValues.of(parts.get(0).measure(), parts.get(0).condition(), all);
    }
}
