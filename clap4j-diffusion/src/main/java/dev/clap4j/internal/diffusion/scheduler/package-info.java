/** Schedulers: the times at which a diffusion model is asked, and the steps from noise to a picture. */
package dev.clap4j.internal.diffusion.scheduler;
