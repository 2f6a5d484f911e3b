package dev.clap4j.evaluation.tsne;

import java.util.List;

/**
 * One domain as several methods see it.
 *
 * @param domain its name
 * @param images the number of its images
 * @param methods a result for each method, in the requested order
 */
public record TsneDomain(String domain, int images, List<TsneResult> methods) {
    /** Makes the list unmodifiable. */
    public TsneDomain {
        methods = List.copyOf(methods);
    }

    /** The names of the methods. */
    List<String> methodNames() {
        return methods.stream().map(TsneResult::method).toList();
    }
}
