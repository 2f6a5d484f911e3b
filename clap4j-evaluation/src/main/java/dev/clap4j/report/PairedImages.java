package dev.clap4j.report;

import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.experiment.statistics.Difference.Scale;
import dev.clap4j.experiment.statistics.PairedBootstrap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The values of single images by two methods.
 *
 * @param units by unit, the baselines first, by condition and by domain
 * @param identities what tells the images apart; one if all values are of the same
 * @param domains the domains in their order
 * @param function computes the measure from the percentages under all conditions; empty if there is only one
 */
record PairedImages(
        List<List<Map<String, ImageValues>>> units,
        Set<Object> identities,
        List<String> domains,
        Optional<ToDoubleFunction<List<Double>>> function) {
    /** Returns by domain what tells images of the same data set apart: their number and their sample. */
    static Map<String, List<Object>> identity(Map<String, ImageValues> values) {
        Map<String, List<Object>> identity = new LinkedHashMap<>();
        values.forEach((domain, images) -> identity.put(domain, List.of(images.values().length, images.sample())));
        return identity;
    }

    boolean arePaired() {
        return identities.size() == 1 && !domains.isEmpty();
    }

    /** Compares the mean of the other units with that of the baselines. */
    Difference difference(int baselines, Scale scale, long seed) {
        List<List<List<double[]>>> answers = units.stream()
                .map(unit -> unit.stream()
                        .map(values -> domains.stream()
                                .map(domain -> values.get(domain).values())
                                .toList())
                        .toList())
                .toList();
        return PairedBootstrap.difference(
                answers, baselines, function.orElse(percentages -> percentages.get(0)), scale, seed);
    }
}
