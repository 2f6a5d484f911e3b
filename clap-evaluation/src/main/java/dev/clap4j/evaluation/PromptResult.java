package dev.clap4j.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one way of prompting reaches.
 *
 * @param prompt its name
 * @param accuracy percentage by domain, in the data set's order
 * @param mean over the domains, each counting the same
 */
public record PromptResult(String prompt, Map<String, Double> accuracy, double mean) {
    /** Makes the map unmodifiable. */
    public PromptResult {
        accuracy = Collections.unmodifiableMap(new LinkedHashMap<>(accuracy));
        accuracy.values().forEach(Metrics::requirePercentage);
        Metrics.requirePercentage(mean);
    }

    static PromptResult of(String prompt, Map<String, Double> accuracy) {
        return new PromptResult(prompt, accuracy, Metrics.mean(accuracy.values()));
    }
}
