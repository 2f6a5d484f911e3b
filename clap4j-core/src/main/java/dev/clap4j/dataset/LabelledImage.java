package dev.clap4j.dataset;

import java.nio.file.Path;

/**
 * An image and its class.
 *
 * @param path the file
 * @param label the index of its class in the data set's list
 */
public record LabelledImage(Path path, int label) {}
