/** CLIP checkpoints of every layout, under a common naming and checked against their networks. */
package dev.clap4j.internal.checkpoint;
