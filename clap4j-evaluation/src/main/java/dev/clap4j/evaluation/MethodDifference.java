package dev.clap4j.evaluation;

import java.util.List;
import java.util.Set;

/**
 * One method against another in a figure, on the same images.
 *
 * @param method the one's name
 * @param other the other's
 * @param figure what is compared, such as {@code PC} or {@code R}
 * @param difference the one's less the other's
 */
public record MethodDifference(String method, String other, String figure, Difference difference) {
    /**
     * Checks the methods of a result, and that differences are between them.
     *
     * @throws IllegalArgumentException if there is no method, one is there twice, or a difference is of another
     */
    public static void requireAmong(List<String> methods, List<MethodDifference> differences) {
        if (methods.isEmpty() || Set.copyOf(methods).size() < methods.size()) {
            throw new IllegalArgumentException(
                    "The methods are " + methods + "; at least one was expected, and each once");
        }
        for (MethodDifference each : differences) {
            if (!methods.contains(each.method) || !methods.contains(each.other)) {
                throw new IllegalArgumentException("A difference is between " + each.method + " and " + each.other
                        + ", not both of which were measured");
            }
        }
    }
}
