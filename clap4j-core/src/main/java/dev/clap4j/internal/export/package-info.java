/** Export of models as portable ONNX files. */
package dev.clap4j.internal.export;
