package dev.clap4j.internal.spark.evaluation;

import dev.clap4j.internal.spark.ClassRows;
import java.io.Serializable;
import java.util.List;

/**
 * A prompt set.
 *
 * @param name its name
 * @param noisy whether noise precedes its texts, which then are encoded by executors
 * @param texts the texts of all classes, template by template
 * @param classes the features of the classes by method; empty if it is noisy
 */
record Prompts(String name, boolean noisy, List<String> texts, List<ClassRows> classes) implements Serializable {}
