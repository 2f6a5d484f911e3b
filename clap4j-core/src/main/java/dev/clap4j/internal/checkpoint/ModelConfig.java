package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.ClipArchitecture;

/**
 * What must be known of a model beside its weights.
 *
 * @param architecture the geometry
 * @param endOfText where texts end
 * @param source where this was read, for error messages
 */
record ModelConfig(ClipArchitecture architecture, EndOfText endOfText, String source) {}
