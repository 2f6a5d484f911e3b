/** Few-shot curves: linear probes over many shots and seeds, as a resumable run. */
package dev.clap4j.evaluation.fewshot;
