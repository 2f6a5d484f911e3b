package dev.clap4j.evaluation;

import dev.clap4j.evaluation.Difference.Scale;
import dev.clap4j.prompt.PromptStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Metrics derived from accuracies under several prompts: each accuracy and, if the prompts allow it, the mean over
 * C, PC and CP and the sensitivity to the prompt (CLAP, section 4.1).
 *
 * @param prompts their names
 */
public record PromptMetrics(List<String> prompts) implements DerivedMetrics {
    /** The mean under C, PC and CP. */
    public static final String MEAN = "mean";

    /** R, the range under C, PC and CP. */
    public static final String RANGE = "R";

    /** δ, the population deviation under C, PC and CP. */
    public static final String DEVIATION = "δ";

    /** Δ(NC), the drop from C to NC. */
    public static final String NOISE_DROP = "Δ(NC)";

    private static final List<String> CLEAN = Stream.of(PromptStyle.C, PromptStyle.PC, PromptStyle.CP)
            .map(Enum::name)
            .toList();

    /** Makes the list unmodifiable. */
    public PromptMetrics {
        prompts = List.copyOf(prompts);
    }

    private boolean hasClean() {
        return prompts.containsAll(CLEAN);
    }

    private boolean hasNoise() {
        return prompts.containsAll(List.of(PromptStyle.C.name(), PromptStyle.NC.name()));
    }

    /** Returns the metrics' names, those of the prompts first. */
    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(prompts);
        if (hasClean()) {
            names.addAll(List.of(MEAN, RANGE, DEVIATION));
        }
        if (hasNoise()) {
            names.add(NOISE_DROP);
        }
        return names;
    }

    /**
     * Computes the metrics, in the order of {@link #names}.
     *
     * @param accuracies in percent, in the order of the prompts
     */
    @Override
    public List<Double> of(List<Double> accuracies) {
        List<Double> figures = new ArrayList<>(accuracies);
        if (hasClean()) {
            List<Double> clean =
                    CLEAN.stream().map(prompts::indexOf).map(accuracies::get).toList();
            figures.addAll(List.of(Metrics.mean(clean), Metrics.range(clean), Metrics.deviation(clean)));
        }
        if (hasNoise()) {
            figures.add(accuracies.get(prompts.indexOf(PromptStyle.C.name()))
                    - accuracies.get(prompts.indexOf(PromptStyle.NC.name())));
        }
        return figures;
    }

    /** Returns the scale of a metric. */
    @Override
    public Scale scale(String name) {
        return List.of(RANGE, DEVIATION, NOISE_DROP).contains(name) ? Scale.LESS : Scale.MORE;
    }
}
