package dev.clap4j.internal.spark.evaluation;

import java.io.Serializable;

/** The place of a count of correct predictions: the numbers of prompt set, method, domain and class. */
record Key(int prompts, int method, int domain, int label) implements Serializable {}
