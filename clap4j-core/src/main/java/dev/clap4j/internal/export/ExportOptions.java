package dev.clap4j.internal.export;

import dev.clap4j.Precision;
import dev.clap4j.internal.onnx.Operators;

/**
 * Options of an ONNX export.
 *
 * @param precision the precision of the encoders and the head
 * @param operators the operators that the graphs may use
 * @param normalised whether the graphs return features of length 1
 * @param preprocessing whether the graph itself resizes, crops and normalises images
 * @param softmax whether probabilities add up to 1 over the classes even if the model gives each class one of its own
 */
public record ExportOptions(
        Precision precision, Operators operators, boolean normalised, boolean preprocessing, boolean softmax) {
    /** Creates options with the model's own probabilities. */
    public ExportOptions(Precision precision, Operators operators, boolean normalised, boolean preprocessing) {
        this(precision, operators, normalised, preprocessing, false);
    }
}
