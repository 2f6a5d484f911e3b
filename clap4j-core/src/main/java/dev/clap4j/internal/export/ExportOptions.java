package dev.clap4j.internal.export;

import dev.clap4j.internal.engine.Precision;
import dev.clap4j.internal.onnx.Operators;

/**
 * Options of an ONNX export.
 *
 * @param precision the precision of the linear layers between tokens
 * @param operators the operators that the graphs may use
 * @param normalised whether the graphs return features of length 1
 * @param preprocessing whether the graph itself resizes, crops and normalises images
 */
public record ExportOptions(Precision precision, Operators operators, boolean normalised, boolean preprocessing) {}
