/** Engines that run networks: ONNX Runtime here, libtorch in clap4j-training. */
package dev.clap4j.internal.engine;
