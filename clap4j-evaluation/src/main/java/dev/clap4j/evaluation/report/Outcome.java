package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.MethodDifference;
import dev.clap4j.evaluation.Spread;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One metric for all methods.
 *
 * @param measure the metric
 * @param values by method ({@code CLIP}, {@code Im.Aug}, {@code CLAP}), then by run, or by draw of a run
 * @param published by method; empty unless model and data set match published ones
 * @param differences each method compared with the methods before it
 */
public record Outcome(
        ReportMetric measure,
        Map<String, Map<String, Double>> values,
        Map<String, Double> published,
        List<MethodDifference> differences) {
    /** Makes the list unmodifiable. */
    public Outcome {
        differences = List.copyOf(differences);
    }

    /** Returns the spread over runs; empty if the method was not evaluated. */
    public Optional<Spread> of(String method) {
        return Optional.ofNullable(values.get(method)).map(runs -> Spread.of(List.copyOf(runs.values())));
    }

    /** Returns the difference from an earlier method; empty if no run has both. */
    public Optional<Difference> difference(String method, String other) {
        return differences.stream()
                .filter(difference ->
                        difference.method().equals(method) && difference.other().equals(other))
                .map(MethodDifference::difference)
                .findFirst();
    }
}
