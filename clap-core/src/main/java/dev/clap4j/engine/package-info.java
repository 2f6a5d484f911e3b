/** What runs a network: ONNX Runtime here, libtorch in clap-training. */
package dev.clap4j.engine;
