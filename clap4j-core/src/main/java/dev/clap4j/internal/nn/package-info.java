/** The networks, each written once over {@link dev.clap4j.internal.nn.TensorOps}. */
package dev.clap4j.internal.nn;
