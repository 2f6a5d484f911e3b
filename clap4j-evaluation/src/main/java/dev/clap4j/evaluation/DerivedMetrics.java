package dev.clap4j.evaluation;

import dev.clap4j.evaluation.Difference.Scale;
import java.util.List;

/** Figures that follow from a method's accuracies under several conditions, such as prompts or attacks. */
public interface DerivedMetrics {
    /** Their names. */
    List<String> names();

    /**
     * The figures in the order of {@link #names}.
     *
     * @param accuracies in percent, in the order of the conditions
     */
    List<Double> of(List<Double> accuracies);

    /** What a figure counts in. */
    Scale scale(String name);

    /** The accuracies themselves. */
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
