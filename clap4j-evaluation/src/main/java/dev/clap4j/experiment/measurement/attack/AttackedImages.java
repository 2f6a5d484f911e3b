package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Scores of attacked images. */
public final class AttackedImages {
    /** The value of the attack dimension that counts an image only if it withstands every attack. */
    public static final String ALL = "all attacks";

    private final AttackOptions options;
    private final AttackMeasures measures;
    private final List<ImageValues> images;

    private AttackedImages(List<ImageValues> images, AttackOptions options) {
        this.images = images;
        this.options = options;
        this.measures = AttackMeasures.of(options.classifier());
    }

    /**
     * Returns the accuracies by domain, with a further condition for the images that withstand every attack if there are
     * several attacks; and the other measures over all domains.
     *
     * @param values those of all batches
     */
    public static Results of(List<ImageValues> values, AttackOptions options) {
        return new AttackedImages(Results.ofImages(values).joined().images(), options).results();
    }

    private Results results() {
        List<ImageValues> accuracies = new ArrayList<>(of(measures.accuracy()));
        accuracies.addAll(withstood(accuracies));
        List<Score> others = new ArrayList<>(successes(accuracies));
        others.addAll(means(measures.change(), 1));
        others.addAll(means(measures.zeroGradients(), 100));
        return Results.ofImages(accuracies).withMeans().and(Results.ofScores(others));
    }

    private List<ImageValues> of(Measure measure) {
        return images.stream().filter(each -> each.measure().equals(measure)).toList();
    }

    private boolean isAttacked(ImageValues values) {
        return options.classifier().prompt().equals(values.condition().get(Condition.PROMPT));
    }

    /** Returns 1 for each image that withstands all attacks, else 0. */
    private List<ImageValues> withstood(List<ImageValues> accuracies) {
        if (options.attacks().size() < 2) {
            return List.of();
        }
        List<String> real = options.attacks().stream().map(Attack::name).toList();
        Map<Condition, double[]> withstood = new LinkedHashMap<>();
        accuracies.stream()
                .filter(each ->
                        isAttacked(each) && real.contains(each.condition().get(Condition.ATTACK)))
                .forEach(each -> withstood.merge(
                        each.condition().with(Condition.ATTACK, ALL), each.values(), AttackedImages::product));
        return withstood.entrySet().stream()
                .map(each -> ImageValues.of(measures.accuracy(), each.getKey(), each.getValue()))
                .toList();
    }

    private static double[] product(double[] some, double[] others) {
        double[] product = some.clone();
        Arrays.setAll(product, i -> some[i] * others[i]);
        return product;
    }

    /** Returns the success of each attack; none where no image is recognised without attack. */
    private List<Score> successes(List<ImageValues> accuracies) {
        Map<Condition, double[]> byCondition = new LinkedHashMap<>();
        accuracies.forEach(each -> byCondition.put(each.condition(), each.values()));
        Map<Condition, int[]> counts = new LinkedHashMap<>();
        for (ImageValues each : accuracies) {
            Condition clean = each.condition().with(Condition.ATTACK, AttackOptions.NONE.name());
            if (isAttacked(each) && !each.condition().equals(clean)) {
                int[] count = counts.computeIfAbsent(each.condition().without(Condition.DOMAIN), key -> new int[2]);
                double[] before = byCondition.get(clean);
                for (int i = 0; i < before.length; i++) {
                    count[0] += before[i] == 1 ? 1 : 0;
                    count[1] += before[i] == 1 && each.values()[i] == 0 ? 1 : 0;
                }
            }
        }
        List<Score> scores = new ArrayList<>();
        counts.forEach((condition, count) -> {
            if (count[0] > 0) {
                scores.add(new Score(measures.success(), condition, 100.0 * count[1] / count[0]));
            }
        });
        return scores;
    }

    /** Returns the means over the images of all domains. */
    private List<Score> means(Measure measure, int factor) {
        Map<Condition, List<double[]>> values = new LinkedHashMap<>();
        of(measure).forEach(each -> values.computeIfAbsent(
                        each.condition().without(Condition.DOMAIN), key -> new ArrayList<>())
                .add(each.values()));
        return values.entrySet().stream()
                .map(each -> new Score(
                        measure,
                        each.getKey(),
                        factor
                                * each.getValue().stream()
                                        .flatMapToDouble(DoubleStream::of)
                                        .average()
                                        .orElseThrow()))
                .toList();
    }
}
