package dev.clap4j.internal.onnx;

/**
 * A value of an ONNX graph: the output of a node, an input, or an initializer.
 *
 * @param name unique in the graph
 * @param rank number of dimensions
 * @param width extent of the last dimension, -1 if it is not known before the graph runs
 */
public record OnnxValue(String name, int rank, long width) {
    /** A value of unknown width. */
    public OnnxValue(String name, int rank) {
        this(name, rank, -1);
    }

    /** The same value, of which more is known. */
    OnnxValue withWidth(long known) {
        return new OnnxValue(name, rank, known);
    }
}
