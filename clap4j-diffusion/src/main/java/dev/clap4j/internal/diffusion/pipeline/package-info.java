/** The way from a prompt, and perhaps a picture, to a picture: conditions, the sampling loop, and decoding. */
package dev.clap4j.internal.diffusion.pipeline;
