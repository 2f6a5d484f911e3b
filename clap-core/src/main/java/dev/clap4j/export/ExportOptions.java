package dev.clap4j.export;

import dev.clap4j.engine.Precision;

/**
 * What exported files are like.
 *
 * @param precision of the layers between tokens
 * @param normalised whether features have length 1
 * @param preprocessing whether images are resized, cropped and normalised in the graph
 */
public record ExportOptions(Precision precision, boolean normalised, boolean preprocessing) {}
