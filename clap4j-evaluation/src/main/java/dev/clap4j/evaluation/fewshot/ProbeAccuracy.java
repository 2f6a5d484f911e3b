package dev.clap4j.evaluation.fewshot;

import dev.clap4j.evaluation.FewShotCell;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.Spread;
import dev.clap4j.internal.io.OrNull;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The accuracies of probes over seeds, in percent.
 *
 * @param within on the whole domain, as published
 * @param others without the labelled images; null unless every seed leaves some
 * @param across on the other domains; null for a single domain
 */
public record ProbeAccuracy(
        Spread within, @OrNull Spread others, @OrNull Spread across) {
    /**
     * Aggregates over seeds, each the mean of its cells.
     *
     * @param bySeed the cells of each seed
     */
    static ProbeAccuracy of(Collection<List<FewShotCell>> bySeed) {
        return new ProbeAccuracy(
                spread(bySeed, ProbeScope.WITHIN),
                spread(bySeed, ProbeScope.OTHERS),
                spread(bySeed, ProbeScope.ACROSS));
    }

    private static Spread spread(Collection<List<FewShotCell>> bySeed, ProbeScope reach) {
        List<List<Double>> values = bySeed.stream()
                .map(cells ->
                        cells.stream().map(reach::of).filter(Objects::nonNull).toList())
                .toList();
        return values.stream().anyMatch(List::isEmpty)
                ? null
                : Spread.of(values.stream().map(Metrics::mean).toList());
    }

    /** Returns the accuracy on a set of test images; null if it was not measured. */
    public Spread of(ProbeScope reach) {
        return switch (reach) {
            case WITHIN -> within;
            case OTHERS -> others;
            case ACROSS -> across;
        };
    }
}
