package dev.clap4j.internal.onnx;

/** Which operators a graph may be made of. */
public enum Operators {
    /** Those of the ONNX standard: any runtime knows them. */
    STANDARD,
    /** Those that ONNX Runtime adds, too: fewer, larger steps. */
    ONNX_RUNTIME
}
