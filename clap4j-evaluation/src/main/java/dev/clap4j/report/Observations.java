package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.experiment.statistics.Spread;
import dev.clap4j.report.Observation.Unit;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Some of the scores in a report, in their order. */
record Observations(List<Observation> all) {
    /** Sorts observations by their measures, in the order in which these appear. */
    static Observations sorted(List<Observation> all) {
        List<Measure> order = new Observations(all).measures();
        return new Observations(all.stream()
                .sorted(Comparator.comparingInt(each -> order.indexOf(each.measure())))
                .toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Observations where(Predicate<Observation> wanted) {
        return new Observations(all.stream().filter(wanted).toList());
    }

    Observations of(Collection<Measure> measures) {
        return where(each -> measures.contains(each.measure()));
    }

    /** Returns those with a value of a dimension. */
    Observations with(String dimension, String value) {
        return where(each -> value.equals(each.shown().get(dimension)));
    }

    /** Returns the groups that share a key, in the order of their appearance. */
    <K> Map<K, Observations> by(Function<Observation, K> key) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        key, LinkedHashMap::new, Collectors.collectingAndThen(Collectors.toList(), Observations::new)));
    }

    List<Measure> measures() {
        return all.stream().map(Observation::measure).distinct().toList();
    }

    /** Returns the values of a dimension: methods in their order in tables, others as they appear. */
    List<String> values(String dimension) {
        Comparator<String> order =
                Comparator.comparingInt(dimension.equals(Condition.METHOD) ? MethodLabels::rank : value -> 0);
        return all.stream()
                .map(each -> each.shown().get(dimension))
                .filter(Objects::nonNull)
                .distinct()
                .sorted(order)
                .toList();
    }

    /** Returns the mean of each unit, over the domains and all else that differs. */
    Map<Unit, Double> byUnit() {
        Map<Unit, Double> means = new LinkedHashMap<>();
        by(Observation::unit)
                .forEach((unit, own) -> means.put(
                        unit,
                        Metrics.mean(own.all.stream().map(Observation::value).toList())));
        return means;
    }

    /**
     * Returns the spread of the units' means; empty without observations. The same value in several runs without a seed is
     * one value that was computed several times.
     */
    Optional<Spread> spread() {
        Map<Unit, Double> byUnit = byUnit();
        List<Double> values = List.copyOf(byUnit.values());
        boolean repeated = values.stream().distinct().count() == 1
                && byUnit.keySet().stream().allMatch(unit -> unit.seed() == null && unit.draw() == null);
        return isEmpty() ? Optional.empty() : Optional.of(new Spread(repeated ? values.subList(0, 1) : values));
    }

    /** Returns the spread of values of one measure, with its decimals; empty without observations. */
    String text() {
        return spread().map(spread -> spread.text(all.get(0).measure().unit().decimals()))
                .orElse("");
    }

    /** Returns the greatest number of units of a method. */
    int most() {
        return by(each -> List.of(each.measure(), each.shown().without(Condition.DOMAIN))).values().stream()
                .mapToInt(own -> own.by(Observation::unit).size())
                .max()
                .orElse(1);
    }

    /** Returns the source of the spread: runs, heads or draws; empty if there is one value each. */
    String legend() {
        boolean drawn = all.stream().anyMatch(each -> each.unit().draw() != null);
        // Where one run compares several heads, only these have seeds.
        boolean heads =
                all.stream().map(each -> each.unit().seed() == null).distinct().count() > 1;
        return Spread.legend(most(), drawn ? "draws of labelled images" : heads ? "heads" : "runs");
    }
}
