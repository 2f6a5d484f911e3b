package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.ClipArchitecture;

/**
 * The properties of a model beside its weights.
 *
 * @param architecture the architecture
 * @param endOfText the rule for the end of a text
 * @param source the file it was read from, for error messages
 */
record ModelConfig(ClipArchitecture architecture, EndOfText endOfText, String source) {}
