/** Models as ONNX files that run anywhere. */
package dev.clap4j.internal.export;
