/** Text to image: pictures made from prompts by Stable Diffusion, or by a server. */
package dev.clap4j.diffusion;
