package dev.clap4j.evaluation.reproduce;

/**
 * The strengths α of a kind of heads.
 *
 * @param zeroShot where images are compared with class names
 * @param features where images are compared with one another: linear probes and maps
 */
public record Strengths(float zeroShot, float features) {}
