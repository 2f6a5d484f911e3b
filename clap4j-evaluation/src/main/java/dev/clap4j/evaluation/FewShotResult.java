package dev.clap4j.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The accuracies of a method's linear probes, one trained in each domain, in percent.
 *
 * @param method its name
 * @param alpha the value of α; null without a head
 * @param shots labelled images of each class
 * @param seed the seed of their draw
 * @param within by domain: on the whole training domain, labelled images included, as in the paper
 * @param others by domain: on the same domain without the labelled images; a domain that has no others is missing
 * @param across by domain: of the probe trained there, the mean over the other domains; empty for a single domain
 */
public record FewShotResult(
        String method,
        Float alpha,
        int shots,
        long seed,
        Map<String, Double> within,
        Map<String, Double> others,
        Map<String, Double> across) {
    /** Makes the maps unmodifiable. */
    public FewShotResult {
        within = Collections.unmodifiableMap(new LinkedHashMap<>(within));
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        across = Collections.unmodifiableMap(new LinkedHashMap<>(across));
    }

    /** Computes the accuracies of a method's probes, one for each domain, on the same draw. */
    public static FewShotResult of(Method method, List<ProbeAnswers> answers) {
        return of(answers.stream().map(probe -> probe.cell(method)).toList());
    }

    /** Combines the cells of all domains for one method, number of shots and seed. */
    static FewShotResult of(List<FewShotCell> cells) {
        Map<String, Double> within = new LinkedHashMap<>();
        Map<String, Double> others = new LinkedHashMap<>();
        Map<String, Double> across = new LinkedHashMap<>();
        for (FewShotCell cell : cells) {
            within.put(cell.domain(), cell.within());
            if (cell.others() != null) {
                others.put(cell.domain(), cell.others());
            }
            if (cell.across() != null) {
                across.put(cell.domain(), cell.across());
            }
        }
        FewShotCell first = cells.get(0);
        return new FewShotResult(first.method(), first.alpha(), first.shots(), first.seed(), within, others, across);
    }

    /** Returns the mean of {@link #within}. */
    public double withinMean() {
        return Metrics.mean(within.values());
    }

    /** Returns the mean of {@link #others}; NaN if it is empty. */
    public double othersMean() {
        return Metrics.mean(others.values());
    }

    /** Returns the mean of {@link #across}; NaN if it is empty. */
    public double acrossMean() {
        return Metrics.mean(across.values());
    }
}
