/** Few-shot curves: linear probes over many shots and seeds, as a run that can be resumed. */
package dev.clap4j.evaluation.fewshot;
