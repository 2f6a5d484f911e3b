/** CLIP checkpoints of every layout, seen through one naming and checked against the networks they are for. */
package dev.clap4j.internal.checkpoint;
