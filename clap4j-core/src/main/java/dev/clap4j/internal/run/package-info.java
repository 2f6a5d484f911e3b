/** Functions common to all kinds of runs: run directories, logs, provenance and random numbers. */
package dev.clap4j.internal.run;
