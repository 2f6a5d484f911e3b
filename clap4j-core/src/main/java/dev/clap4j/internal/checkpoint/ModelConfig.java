package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.ClipArchitecture;

/**
 * The properties of a model beside its weights.
 *
 * @param architecture the architecture
 * @param endOfText the rule for the end of a text
 * @param source the file it was read from, for error messages
 * @param unused the prefix of tensors of parts that no feature needs, such as a decoder; empty if there are none
 */
record ModelConfig(ClipArchitecture architecture, EndOfText endOfText, String source, String unused) {
    /** Creates a model all of whose parts are used. */
    ModelConfig(ClipArchitecture architecture, EndOfText endOfText, String source) {
        this(architecture, endOfText, source, "");
    }

    /** Returns whether a tensor belongs to a part that no feature needs. */
    boolean isUnused(String tensor) {
        return !unused.isEmpty() && tensor.startsWith(unused);
    }
}
