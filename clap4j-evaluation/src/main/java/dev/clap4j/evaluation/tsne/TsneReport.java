package dev.clap4j.evaluation.tsne;

import dev.clap4j.evaluation.MethodDifference;
import java.util.List;

/**
 * Maps of a data set in figures.
 *
 * @param classes the names of the classes
 * @param options how the maps were made
 * @param domains a part for each domain
 */
public record TsneReport(List<String> classes, TsneOptions options, List<TsneDomain> domains) {
    /** Makes the lists unmodifiable. */
    public TsneReport {
        classes = List.copyOf(classes);
        domains = List.copyOf(domains);
        List<String> methods = domains.isEmpty() ? List.of() : domains.get(0).methodNames();
        MethodDifference.requireAmong(methods, List.of());
        if (!domains.stream().allMatch(domain -> domain.methodNames().equals(methods))) {
            throw new IllegalArgumentException("The domains have results of different methods");
        }
    }
}
