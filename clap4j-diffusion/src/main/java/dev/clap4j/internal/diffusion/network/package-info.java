/** The networks of Stable Diffusion over {@link dev.clap4j.internal.nn.TensorOps}, with the tensor names of diffusers. */
package dev.clap4j.internal.diffusion.network;
