/** Diffusion models in folders as diffusers writes them, from configuration and files to networks that are ready to run. */
package dev.clap4j.internal.diffusion.model;
