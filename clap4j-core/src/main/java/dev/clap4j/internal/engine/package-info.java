/** What runs a network: ONNX Runtime here, libtorch in clap4j-training. */
package dev.clap4j.internal.engine;
