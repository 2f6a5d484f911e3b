/** Data sets, the evaluation protocols of the paper and their metrics. */
package dev.clap4j.evaluation;
