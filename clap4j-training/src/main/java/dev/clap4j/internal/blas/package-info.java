/** Matrices outside the heap, and their products on OpenBLAS. */
package dev.clap4j.internal.blas;
