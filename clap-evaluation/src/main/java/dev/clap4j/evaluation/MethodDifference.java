package dev.clap4j.evaluation;

import java.util.List;

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
     * Checks that differences are between methods of a result.
     *
     * @throws IllegalArgumentException if one is of another method
     */
    public static void requireMethods(List<MethodDifference> differences, List<String> methods) {
        for (MethodDifference each : differences) {
            if (!methods.contains(each.method) || !methods.contains(each.other)) {
                throw new IllegalArgumentException("A difference is between " + each.method + " and " + each.other
                        + ", not both of which were measured");
            }
        }
    }
}
