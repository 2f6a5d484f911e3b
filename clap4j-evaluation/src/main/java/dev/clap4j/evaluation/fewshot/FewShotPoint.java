package dev.clap4j.evaluation.fewshot;

import dev.clap4j.evaluation.FewShotCell;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A point of a method's curve.
 *
 * @param method its name
 * @param alpha the value of α; null without a head
 * @param shots labelled images of each class
 * @param mean the unweighted mean over domains; its spread is over seeds
 * @param domains by domain, in the data set's order
 */
public record FewShotPoint(
        String method, Float alpha, int shots, ProbeAccuracy mean, Map<String, ProbeAccuracy> domains) {
    /** Makes the map unmodifiable. */
    public FewShotPoint {
        domains = Collections.unmodifiableMap(new LinkedHashMap<>(domains));
    }

    /** Returns whether this point belongs to a probe and number of draws. */
    boolean isOf(FewShotCell probe, int draws) {
        return method.equals(probe.method())
                && shots == probe.shots()
                && mean.within().values().size() == draws;
    }
}
