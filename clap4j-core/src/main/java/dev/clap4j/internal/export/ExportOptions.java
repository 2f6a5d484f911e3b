package dev.clap4j.internal.export;

import dev.clap4j.internal.engine.Precision;
import dev.clap4j.internal.onnx.Operators;

/**
 * What exported files are like.
 *
 * @param precision of the layers between tokens
 * @param operators that the graphs may use
 * @param normalised whether features have length 1
 * @param preprocessing whether images are resized, cropped and normalised in the graph
 */
public record ExportOptions(Precision precision, Operators operators, boolean normalised, boolean preprocessing) {}
