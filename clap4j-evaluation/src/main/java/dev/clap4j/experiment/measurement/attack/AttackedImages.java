package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Measures;
import dev.clap4j.experiment.statistics.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The scores of attacked images. */
final class AttackedImages {
    /** The value of the attack dimension that counts an image only if it withstands every attack. */
    static final String ALL = "all attacks";

    private AttackedImages() {}

    /**
     * Returns the accuracies by domain, with a further condition for the images that withstand every attack if there are
     * several attacks; and the other measures over all domains.
     */
    static Results of(List<ImageValues> images, AttackOptions options) {
        Measures measures = options.classifier().measures();
        List<ImageValues> accuracies = new ArrayList<>(of(measures.accuracy(), images));
        List<ImageValues> attacked = new ArrayList<>(accuracies.stream()
                .filter(each -> options.attackedPrompt().equals(each.condition().get(Condition.PROMPT)))
                .toList());
        List<ImageValues> withstood = withstood(attacked, options);
        accuracies.addAll(robust(attacked, options));
        accuracies.addAll(withstood);
        attacked.addAll(withstood);
        List<Score> others = new ArrayList<>();
        others.addAll(scores(
                measures.success(),
                fallen(attacked),
                values -> 100 * values.stream().mapToDouble(value -> value).sum() / values.size()));
        others.addAll(scores(measures.change(), of(measures.change(), images), Metrics::mean));
        others.addAll(scores(
                measures.zeroGradients(), of(measures.zeroGradients(), images), values -> 100 * Metrics.mean(values)));
        return Results.ofImages(accuracies).withMeans().and(Results.ofScores(others));
    }

    private static List<ImageValues> of(Measure measure, List<ImageValues> images) {
        return images.stream().filter(each -> each.measure().equals(measure)).toList();
    }

    /** Returns 1 for each image that withstands all attacks, else 0; nothing for a single attack. */
    private static List<ImageValues> withstood(List<ImageValues> attacked, AttackOptions options) {
        List<String> attacks = options.attacks().stream().map(Attack::name).toList();
        Map<Condition, double[]> withstood = new LinkedHashMap<>();
        attacked.stream()
                .filter(each ->
                        attacks.size() > 1 && attacks.contains(each.condition().get(Condition.ATTACK)))
                .forEach(each -> withstood.merge(
                        each.condition().with(Condition.ATTACK, ALL), each.values(), AttackedImages::product));
        return withstood.entrySet().stream()
                .map(each -> ImageValues.of(options.classifier().measures().accuracy(), each.getKey(), each.getValue()))
                .toList();
    }

    /**
     * Returns for each of several epsilons 1 for each image that is recognised without attack and under every attack up to
     * that epsilon, else 0; nothing for a single epsilon.
     */
    private static List<ImageValues> robust(List<ImageValues> attacked, AttackOptions options) {
        Measure measure = options.classifier().measures().robust();
        List<ImageValues> robust = new ArrayList<>();
        for (ImageValues clean : options.epsilons().isCurve() ? attacked : List.<ImageValues>of()) {
            if (clean.condition().get(Condition.ATTACK).equals(AttackOptions.NONE.name())) {
                Condition images = clean.condition().without(Condition.ATTACK, Condition.EPSILON);
                double[] left = clean.values();
                robust.add(ImageValues.of(measure, images.with(Condition.EPSILON, Epsilons.NO_CHANGE), left));
                for (double epsilon : options.epsilons().values()) {
                    Condition bound = images.with(Condition.EPSILON, Epsilons.levels(epsilon));
                    for (ImageValues each : attacked) {
                        if (each.condition().without(Condition.ATTACK).equals(bound)) {
                            left = product(left, each.values());
                        }
                    }
                    robust.add(ImageValues.of(measure, bound, left));
                }
            }
        }
        return robust;
    }

    private static double[] product(double[] some, double[] others) {
        double[] product = new double[some.length];
        Arrays.setAll(product, i -> some[i] * others[i]);
        return product;
    }

    /** Returns under each attack 1 for each image that is recognised without attack and no longer is, 0 for one that is. */
    private static List<ImageValues> fallen(List<ImageValues> attacked) {
        Map<Condition, double[]> clean = new LinkedHashMap<>();
        List<ImageValues> fallen = new ArrayList<>();
        for (ImageValues each : attacked) {
            Condition unattacked = each.condition().without(Condition.ATTACK, Condition.EPSILON);
            if (each.condition().get(Condition.ATTACK).equals(AttackOptions.NONE.name())) {
                clean.put(unattacked, each.values());
            } else {
                double[] before = clean.get(unattacked);
                double[] marks = IntStream.range(0, before.length)
                        .filter(i -> before[i] == 1)
                        .mapToDouble(i -> each.values()[i] == 0 ? 1 : 0)
                        .toArray();
                fallen.add(ImageValues.of(each.measure(), each.condition(), marks));
            }
        }
        return fallen;
    }

    /** Returns a figure of the images of all domains together, where there are any. */
    private static List<Score> scores(
            Measure measure, List<ImageValues> images, ToDoubleFunction<List<Double>> figure) {
        Map<Condition, List<Double>> values = new LinkedHashMap<>();
        images.forEach(each -> Arrays.stream(each.values()).forEach(value -> values.computeIfAbsent(
                        each.condition().without(Condition.DOMAIN), key -> new ArrayList<>())
                .add(value)));
        return values.entrySet().stream()
                .map(each -> new Score(measure, each.getKey(), figure.applyAsDouble(each.getValue())))
                .toList();
    }
}
