/** The second interpreter of the networks: libtorch, which computes at once and differentiates. */
package dev.clap4j.internal.torch;
