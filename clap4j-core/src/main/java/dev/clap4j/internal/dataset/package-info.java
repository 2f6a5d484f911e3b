/** Images in order, read as streams: from folders, lists, tar archives and Parquet files. */
package dev.clap4j.internal.dataset;
