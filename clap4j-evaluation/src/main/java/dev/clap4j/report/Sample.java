package dev.clap4j.report;

/**
 * An image with the classes that two methods predict, an entry of {@code samples.json}.
 *
 * @param file the image file, relative to the run directory
 * @param domain its domain
 * @param className its class
 * @param clip the prediction from CLIP's features
 * @param clap the prediction from CLAP's features
 */
record Sample(String file, String domain, String className, String clip, String clap) {}
