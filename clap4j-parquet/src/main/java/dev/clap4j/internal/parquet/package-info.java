/** Images in Parquet files. */
package dev.clap4j.internal.parquet;
