package dev.clap4j.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The accuracy of one prompt set.
 *
 * @param prompt its name
 * @param accuracy percentage by domain, in the data set's order
 * @param mean over the domains, each counting the same
 */
public record PromptResult(String prompt, Map<String, Double> accuracy, double mean) {
    /** Tolerance for values saved with two decimals. */
    private static final double ROUNDING = 0.01;

    /**
     * Makes the map unmodifiable.
     *
     * @throws IllegalArgumentException if a value is not a percentage, or the mean is not that of the domains
     */
    public PromptResult {
        accuracy = Collections.unmodifiableMap(new LinkedHashMap<>(accuracy));
        accuracy.values().forEach(Metrics::requirePercentage);
        Metrics.requirePercentage(mean);
        double expected = Metrics.mean(accuracy.values());
        if (!(Math.abs(mean - expected) <= ROUNDING)) {
            throw new IllegalArgumentException("The mean is " + mean + ", but that of the domains is " + expected);
        }
    }

    static PromptResult of(String prompt, Map<String, Double> accuracy) {
        return new PromptResult(prompt, accuracy, Metrics.mean(accuracy.values()));
    }
}
