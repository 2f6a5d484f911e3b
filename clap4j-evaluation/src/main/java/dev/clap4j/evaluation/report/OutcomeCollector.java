package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Interval;
import dev.clap4j.evaluation.MethodDifference;
import dev.clap4j.evaluation.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects outcomes from runs.
 *
 * <p>Significance is computed over the images if both methods were evaluated on the same ones and every run has an
 * interval over them; the interval of the mean over runs is then the mean of their intervals. If at least three runs
 * each have their own images, or results of individual images are unknown, significance is computed over the runs.
 */
final class OutcomeCollector {
    private final Map<ReportMetric, Collected> outcomes = new LinkedHashMap<>();

    /** The source of a value: a run or a part of it, and the images. */
    record Source(String id, String pictures) {}

    private record Pair(String method, String other) {}

    private static final class Collected {
        private final Difference.Over over;
        private final Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        private final Map<Pair, Map<String, Difference>> onPictures = new LinkedHashMap<>();
        private final Map<String, String> pictures = new LinkedHashMap<>();

        Collected(Difference.Over over) {
            this.over = over;
        }
    }

    /**
     * Adds a value; null is ignored.
     *
     * @param over the source of randomness between the values
     */
    void add(ReportMetric measure, String method, Source source, Double value, Difference.Over over) {
        if (value != null) {
            Collected gathered = outcomes.computeIfAbsent(measure, m -> new Collected(over));
            gathered.values.computeIfAbsent(method, k -> new LinkedHashMap<>()).put(source.id, value);
            gathered.pictures.put(source.id, source.pictures);
        }
    }

    /** Adds the difference between two methods over the images of a source whose values were added before. */
    void add(ReportMetric measure, String method, String other, Source source, Difference difference) {
        Collected gathered = outcomes.get(measure);
        if (gathered != null) {
            gathered.onPictures
                    .computeIfAbsent(new Pair(method, other), pair -> new LinkedHashMap<>())
                    .put(source.id, difference);
        }
    }

    List<Outcome> outcomes(Published published) {
        List<Outcome> all = new ArrayList<>();
        outcomes.forEach((measure, gathered) ->
                all.add(new Outcome(measure, gathered.values, published.of(measure), differences(measure, gathered))));
        return all;
    }

    private static List<MethodDifference> differences(ReportMetric measure, Collected gathered) {
        List<MethodDifference> differences = new ArrayList<>();
        for (String method : gathered.values.keySet()) {
            for (String other : gathered.values.keySet()) {
                if (MethodOrder.rank(other) < MethodOrder.rank(method)) {
                    difference(measure, gathered, new Pair(method, other))
                            .ifPresent(difference ->
                                    differences.add(new MethodDifference(method, other, measure.name(), difference)));
                }
            }
        }
        return differences;
    }

    /** Returns the difference over the sources that have values of both methods; empty if there are none. */
    private static Optional<Difference> difference(ReportMetric measure, Collected gathered, Pair pair) {
        Map<String, Double> own = gathered.values.get(pair.method);
        Map<String, Double> others = gathered.values.get(pair.other);
        List<Double> values = new ArrayList<>();
        List<Difference> onPictures = new ArrayList<>();
        Set<String> pictures = new LinkedHashSet<>();
        Map<String, Difference> known = gathered.onPictures.getOrDefault(pair, Map.of());
        own.forEach((source, value) -> {
            if (others.containsKey(source)) {
                values.add(value - others.get(source));
                pictures.add(gathered.pictures.get(source));
                if (known.containsKey(source) && known.get(source).interval() != null) {
                    onPictures.add(known.get(source));
                }
            }
        });
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Difference overSources = Difference.over(gathered.over, values, measure.scale());
        boolean same = pictures.size() == 1 || overSources.interval() == null;
        if (!same || onPictures.size() < values.size()) {
            return Optional.of(overSources);
        }
        Interval interval =
                Interval.mean(onPictures.stream().map(Difference::interval).toList());
        return Optional.of(Difference.onPictures(
                Metrics.mean(values), interval, onPictures.get(0).count(), measure.scale()));
    }
}
