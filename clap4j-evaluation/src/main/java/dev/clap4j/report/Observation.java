package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.experiment.statistics.Spread;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A score in a report.
 *
 * @param measure the quantity
 * @param shown its condition without the unit, with the method's name in the report
 * @param unit the source of the value
 * @param value the value
 */
record Observation(Measure measure, Condition shown, Unit unit, double value) {
    /**
     * A source of randomness between values.
     *
     * @param run the run directory
     * @param seed the seed; null if there is none
     * @param draw the draw of labelled images; null if there is none
     */
    record Unit(Path run, String seed, String draw) {
        /** Returns this unit in any run. */
        List<String> anywhere() {
            return List.of(String.valueOf(seed), String.valueOf(draw));
        }
    }

    /** Returns the method's name. */
    String method() {
        return shown.get(Condition.METHOD);
    }

    /** Returns the mean of each unit, over the domains and all else that differs. */
    static Map<Unit, Double> byUnit(Collection<Observation> observations) {
        Map<Unit, List<Double>> values = observations.stream()
                .collect(Collectors.groupingBy(
                        Observation::unit,
                        LinkedHashMap::new,
                        Collectors.mapping(Observation::value, Collectors.toList())));
        Map<Unit, Double> means = new LinkedHashMap<>();
        values.forEach((unit, all) -> means.put(unit, Metrics.mean(all)));
        return means;
    }

    /**
     * Returns the spread of the units' means of at least one observation. The same value in several runs without a seed
     * is one value that was computed several times.
     */
    static Spread spread(Collection<Observation> observations) {
        Map<Unit, Double> byUnit = byUnit(observations);
        List<Double> values = List.copyOf(byUnit.values());
        boolean repeated = values.stream().distinct().count() == 1
                && byUnit.keySet().stream().allMatch(unit -> unit.seed() == null && unit.draw() == null);
        return new Spread(repeated ? values.subList(0, 1) : values);
    }

    /** Returns the spread as text with the decimals of the measure; empty without observations. */
    static String text(Collection<Observation> observations, Measure measure) {
        return observations.isEmpty()
                ? ""
                : spread(observations).text(measure.unit().decimals());
    }
}
