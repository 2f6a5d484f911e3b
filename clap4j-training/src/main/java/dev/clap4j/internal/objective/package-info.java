/** The losses that heads and encoders are trained on, and their gradients. */
package dev.clap4j.internal.objective;
