package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import java.util.List;

/** One text encoder of a pipeline with its tokenizer. Thread-safe. */
interface TextEncoder extends AutoCloseable {
    /** The layers whose states a pipeline takes. */
    enum Reading {
        /** Those after the last layer, through the final norm. */
        LAST,
        /** Those before the last layer, without a norm. */
        PENULTIMATE,
        /** As before; and the feature of the text. */
        PENULTIMATE_AND_POOLED
    }

    /**
     * Encodes texts.
     *
     * @param clipSkip the number of last layers to leave out
     * @throws ClapException if there are fewer layers, or a text is not valid
     */
    TextStates encode(List<String> texts, int clipSkip);

    /** Returns whether a text is cut. */
    boolean isCut(String text);

    /** Frees the network's memory; it is loaded again on the next use. */
    void unload();

    @Override
    void close();
}
