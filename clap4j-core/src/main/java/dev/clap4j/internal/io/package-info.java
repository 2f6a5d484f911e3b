/** Tensor files: named tensors, memory-mapped, read without executing anything. */
package dev.clap4j.internal.io;
