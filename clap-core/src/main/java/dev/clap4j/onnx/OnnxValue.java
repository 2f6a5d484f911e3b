package dev.clap4j.onnx;

/**
 * A value of an ONNX graph: the output of a node, an input, or an initializer.
 *
 * @param name unique in the graph
 * @param rank number of dimensions
 */
public record OnnxValue(String name, int rank) {}
