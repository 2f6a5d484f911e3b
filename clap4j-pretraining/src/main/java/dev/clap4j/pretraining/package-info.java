/** CLIP pre-training: both towers from scratch, on captioned images (Radford et al. 2021, section 2.3). */
package dev.clap4j.pretraining;
