package dev.clap4j.experiment;

/**
 * A measurement on a subject.
 *
 * @param subject the methods and the data
 * @param measurement the measurement
 */
public record Trial(Subject subject, Measurement measurement) {}
