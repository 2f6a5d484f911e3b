/** Jobs for {@code spark-submit}: each class with a {@code main} is one, and {@code --help} lists its options. */
package dev.clap4j.spark.job;
