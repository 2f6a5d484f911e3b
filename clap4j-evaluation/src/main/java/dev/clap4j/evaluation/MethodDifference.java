package dev.clap4j.evaluation;

import java.util.List;
import java.util.Set;

/**
 * The difference between two methods in one metric, on the same images.
 *
 * @param method the first method's name
 * @param other the second method's name
 * @param figure the metric, such as {@code PC} or {@code R}
 * @param difference the first method's value minus the second's
 */
public record MethodDifference(String method, String other, String figure, Difference difference) {
    /**
     * Checks the methods of a result and that its differences refer to them.
     *
     * @throws IllegalArgumentException if there is no method, a duplicate, or a difference of an unknown method
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
