package dev.clap4j.experiment.statistics;

import dev.clap4j.experiment.statistics.Difference.Scale;
import java.util.List;

/** Metrics derived from a method's accuracies under several conditions, such as prompts or attacks. */
public interface DerivedMetrics {
    /** Returns the names of the metrics. */
    List<String> names();

    /**
     * Computes the metrics, in the order of {@link #names}.
     *
     * @param accuracies in percent, in the order of the conditions
     */
    List<Double> of(List<Double> accuracies);

    /** Returns the scale of a metric. */
    Scale scale(String name);

    /** Returns the accuracies themselves as metrics. */
    static DerivedMetrics accuracies(List<String> conditions) {
        return new DerivedMetrics() {
            @Override
            public List<String> names() {
                return conditions;
            }

            @Override
            public List<Double> of(List<Double> accuracies) {
                return accuracies;
            }

            @Override
            public Scale scale(String name) {
                return Scale.MORE;
            }
        };
    }
}
