/** CLIP's own training: two towers from nothing, on images with captions (Radford et al. 2021, section 2.3). */
package dev.clap4j.pretraining;
