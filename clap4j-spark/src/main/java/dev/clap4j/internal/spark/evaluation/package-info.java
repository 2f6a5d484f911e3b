/** Zero-shot accuracy on Spark: predictions are counted where the features are. */
package dev.clap4j.internal.spark.evaluation;
