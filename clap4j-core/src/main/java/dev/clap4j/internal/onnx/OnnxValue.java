package dev.clap4j.internal.onnx;

/**
 * A value of an ONNX graph: the output of a node, an input, or an initializer.
 *
 * @param name unique in the graph
 * @param rank number of dimensions
 * @param width extent of the last dimension, -1 if it is only known at run time
 */
public record OnnxValue(String name, int rank, long width) {
    /** Creates a value of unknown width. */
    public OnnxValue(String name, int rank) {
        this(name, rank, -1);
    }

    /** Returns this value with its width known. */
    OnnxValue withWidth(long known) {
        return new OnnxValue(name, rank, known);
    }
}
