package dev.clap4j.engine;

import dev.clap4j.io.DataType;

/**
 * What a compiled network takes.
 *
 * @param name its name in the graph
 * @param type F32 or I64
 * @param shape the extents; -1 where any extent will do
 */
public record Input(String name, DataType type, long... shape) {}
