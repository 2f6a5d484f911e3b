package dev.clap4j.dataset;

import java.nio.file.Path;

/**
 * An image and what it shows.
 *
 * @param path the file
 * @param label the number of its class in the data set's list
 */
public record LabelledImage(Path path, int label) {}
