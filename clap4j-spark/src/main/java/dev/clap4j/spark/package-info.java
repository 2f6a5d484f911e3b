/** Features and labels as columns of Apache Spark: {@link dev.clap4j.spark.ClapImages} is the place to begin. */
package dev.clap4j.spark;
