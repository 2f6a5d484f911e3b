/** ONNX: graphs emitted from the networks, and ONNX Runtime that runs them. */
package dev.clap4j.internal.onnx;
