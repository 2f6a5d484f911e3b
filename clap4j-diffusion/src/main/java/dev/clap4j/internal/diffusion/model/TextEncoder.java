package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import java.util.List;

/** One text encoder of a pipeline with its tokenizer. Thread-safe. */
interface TextEncoder extends AutoCloseable {
    /** The outputs that a pipeline takes. */
    enum Reading {
        /** The states after the last layer, normalised. */
        LAST,
        /** The states before the last layer, not normalised. */
        PENULTIMATE,
        /** The states before the last layer, and the feature of the text. */
        PENULTIMATE_AND_POOLED
    }

    /**
     * Encodes texts.
     *
     * @param clipSkip the number of last layers to leave out
     * @throws ClapException if there are fewer layers, or a text is not valid
     */
    TextStates encode(List<String> texts, int clipSkip);

    /** Returns whether a text is too long and will be truncated. */
    boolean isCut(String text);

    /** Frees the network's memory; it is loaded again on the next use. */
    void unload();

    @Override
    void close();
}
