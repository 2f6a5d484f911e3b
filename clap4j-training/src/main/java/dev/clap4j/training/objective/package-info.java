/** Training objectives: contrastive losses on cosine similarities, and CLAP's combination of them. */
package dev.clap4j.training.objective;
