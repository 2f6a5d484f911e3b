package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One measure of all kinds of methods.
 *
 * @param measure what was measured
 * @param values by kind ({@code CLIP}, {@code Im.Aug}, {@code CLAP}), then by run
 * @param published by kind; empty unless model and data set match published ones
 */
public record Outcome(Measure measure, Map<String, Map<String, Double>> values, Map<String, Double> published) {
    /** Differences below this do not show in two decimals. */
    private static final double EVEN = 0.005;

    /** How one kind of methods compares with another over the runs that have both. */
    public enum Verdict {
        /** Better in every run. */
        BETTER,
        /** Worse in every run. */
        WORSE,
        /** Neither. */
        MIXED
    }

    /** Over the runs; empty if the kind was not measured. */
    public Optional<Spread> of(String kind) {
        return Optional.ofNullable(values.get(kind)).map(runs -> Spread.of(List.copyOf(runs.values())));
    }

    /** By how much a kind is above another, run by run; only runs that have both. */
    public List<Double> differences(String kind, String other) {
        Map<String, Double> own = values.getOrDefault(kind, Map.of());
        Map<String, Double> others = values.getOrDefault(other, Map.of());
        List<Double> differences = new ArrayList<>();
        own.forEach((run, value) -> {
            if (others.containsKey(run)) {
                differences.add(value - others.get(run));
            }
        });
        return differences;
    }

    /** How a kind compares with another; empty if no run has both. */
    public Optional<Verdict> verdict(String kind, String other) {
        List<Double> gains = differences(kind, other).stream()
                .map(difference -> measure.moreIsBetter() ? difference : -difference)
                .toList();
        if (gains.isEmpty()) {
            return Optional.empty();
        }
        double even = EVEN * measure.unit();
        if (gains.stream().allMatch(gain -> gain >= even)) {
            return Optional.of(Verdict.BETTER);
        }
        return Optional.of(gains.stream().allMatch(gain -> gain <= -even) ? Verdict.WORSE : Verdict.MIXED);
    }

    /** Outcomes being gathered. */
    static final class Gathering {
        private final Map<Measure, Map<String, Map<String, Double>>> values = new LinkedHashMap<>();

        /** Adds a figure; of several methods of a kind in a run, the first counts. Null adds nothing. */
        void add(Measure measure, String kind, String run, Double value) {
            if (value != null) {
                values.computeIfAbsent(measure, m -> new LinkedHashMap<>())
                        .computeIfAbsent(kind, k -> new LinkedHashMap<>())
                        .putIfAbsent(run, value);
            }
        }

        List<Outcome> outcomes(Published published) {
            return values.entrySet().stream()
                    .map(entry -> new Outcome(entry.getKey(), entry.getValue(), published.of(entry.getKey())))
                    .toList();
        }
    }
}
