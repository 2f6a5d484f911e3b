package dev.clap4j.internal.onnx;

/** The operators that a graph may use. */
public enum Operators {
    /** The operators of the ONNX standard, which every runtime supports. */
    STANDARD,
    /** ONNX Runtime's own operators as well: fewer, larger steps. */
    ONNX_RUNTIME
}
