package dev.clap4j.evaluation;

/**
 * One method against another in a figure, on the same images.
 *
 * @param method the one's name
 * @param other the other's
 * @param figure what is compared, such as {@code PC} or {@code R}
 * @param difference the one's less the other's
 */
public record MethodDifference(String method, String other, String figure, Difference difference) {}
