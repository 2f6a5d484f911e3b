/** Networks on libtorch, which runs operations eagerly and computes gradients. */
package dev.clap4j.internal.torch;
