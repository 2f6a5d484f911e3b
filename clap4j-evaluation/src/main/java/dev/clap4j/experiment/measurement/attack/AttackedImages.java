package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.statistics.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The scores of attacked images. */
public final class AttackedImages {
    /** The value of the attack dimension that counts an image only if it withstands every attack. */
    public static final String ALL = "all attacks";

    private final AttackOptions options;
    private final AttackMeasures measures;

    private AttackedImages(AttackOptions options) {
        this.options = options;
        this.measures = AttackMeasures.of(options.classifier());
    }

    /**
     * Returns the accuracies by domain, with a further condition for the images that withstand every attack if there are
     * several attacks; and the other measures over all domains.
     *
     * @param images values by condition, the domain included
     */
    public static Results of(List<ImageValues> images, AttackOptions options) {
        return new AttackedImages(options)
                .results(images.stream()
                        .collect(Collectors.groupingBy(ImageValues::measure, LinkedHashMap::new, Collectors.toList())));
    }

    private Results results(Map<Measure, List<ImageValues>> images) {
        List<ImageValues> accuracies = new ArrayList<>(images.get(measures.accuracy()));
        accuracies.addAll(withstood(accuracies));
        List<Score> others = new ArrayList<>(successes(accuracies));
        others.addAll(means(images.get(measures.change()), 1));
        others.addAll(means(images.get(measures.zeroGradients()), 100));
        return Results.ofImages(accuracies).withMeans().and(Results.ofScores(others));
    }

    private boolean isAttacked(ImageValues values) {
        return options.classifier().prompt().equals(values.condition().get(Condition.PROMPT));
    }

    /** Returns 1 for each image that withstands all attacks, else 0. */
    private List<ImageValues> withstood(List<ImageValues> accuracies) {
        List<String> attacks = options.attacks().stream().map(Attack::name).toList();
        Map<Condition, double[]> withstood = new LinkedHashMap<>();
        accuracies.stream()
                .filter(each -> attacks.size() > 1
                        && isAttacked(each)
                        && attacks.contains(each.condition().get(Condition.ATTACK)))
                .forEach(each -> withstood.merge(
                        each.condition().with(Condition.ATTACK, ALL), each.values(), AttackedImages::product));
        return withstood.entrySet().stream()
                .map(each -> ImageValues.of(measures.accuracy(), each.getKey(), each.getValue()))
                .toList();
    }

    private static double[] product(double[] some, double[] others) {
        double[] product = new double[some.length];
        Arrays.setAll(product, i -> some[i] * others[i]);
        return product;
    }

    /** Returns the success of each attack; none where no image is recognised without attack. */
    private List<Score> successes(List<ImageValues> accuracies) {
        Map<Condition, double[]> clean = new LinkedHashMap<>();
        Map<Condition, int[]> counts = new LinkedHashMap<>();
        for (ImageValues each : accuracies) {
            Condition condition = each.condition();
            if (!isAttacked(each)) {
                continue;
            }
            if (condition.get(Condition.ATTACK).equals(AttackOptions.NONE.name())) {
                clean.put(condition.without(Condition.ATTACK), each.values());
                continue;
            }
            double[] before = clean.get(condition.without(Condition.ATTACK));
            int[] count = counts.computeIfAbsent(condition.without(Condition.DOMAIN), key -> new int[2]);
            for (int i = 0; i < before.length; i++) {
                count[0] += before[i] == 1 ? 1 : 0;
                count[1] += before[i] == 1 && each.values()[i] == 0 ? 1 : 0;
            }
        }
        return counts.entrySet().stream()
                .filter(each -> each.getValue()[0] > 0)
                .map(each ->
                        new Score(measures.success(), each.getKey(), 100.0 * each.getValue()[1] / each.getValue()[0]))
                .toList();
    }

    /** Returns the means over the images of all domains. */
    private static List<Score> means(List<ImageValues> images, int factor) {
        return images.stream()
                .collect(Collectors.groupingBy(
                        each -> each.condition().without(Condition.DOMAIN),
                        LinkedHashMap::new,
                        Collectors.flatMapping(
                                each -> DoubleStream.of(each.values()).boxed(), Collectors.toList())))
                .entrySet()
                .stream()
                .map(each -> new Score(images.get(0).measure(), each.getKey(), factor * Metrics.mean(each.getValue())))
                .toList();
    }
}
