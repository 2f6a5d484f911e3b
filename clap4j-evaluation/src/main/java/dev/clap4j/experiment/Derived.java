package dev.clap4j.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * A measure that is computed from another one under several conditions, such as the range of the accuracies under C, PC
 * and CP, each the mean over the domains.
 *
 * @param measure the derived measure
 * @param of the other measure
 * @param dimension the dimension in which the conditions differ
 * @param values its values, all of which are needed
 * @param function computes the derived value from those of the other measure, in this order
 */
public record Derived(
        Measure measure, Measure of, String dimension, List<String> values, ToDoubleFunction<List<Double>> function) {
    /** Returns the derived scores, wherever all values are there. */
    public List<Score> scores(List<Score> scores) {
        Map<Condition, Map<String, List<Double>>> found = new LinkedHashMap<>();
        for (Score score : scores) {
            if (score.measure().equals(of)) {
                found.computeIfAbsent(
                                score.condition().without(dimension, Condition.DOMAIN), key -> new LinkedHashMap<>())
                        .computeIfAbsent(String.valueOf(score.condition().get(dimension)), key -> new ArrayList<>())
                        .add(score.value());
            }
        }
        List<Score> derived = new ArrayList<>();
        found.forEach((condition, byValue) -> {
            List<List<Double>> needed =
                    values.stream().map(byValue::get).filter(Objects::nonNull).toList();
            if (needed.size() == values.size()) {
                List<Double> means = needed.stream()
                        .map(domains -> domains.stream().mapToDouble(v -> v).sum() / domains.size())
                        .toList();
                derived.add(new Score(measure, condition, function.applyAsDouble(means)));
            }
        });
        return derived;
    }
}
