package dev.clap4j.internal.diffusion.model;

import java.util.List;

/** The text half of a diffusion model: from prompts to the states that condition the denoiser. Thread-safe. */
public interface Prompts extends AutoCloseable {
    /**
     * Encodes prompts, each cut after as many tokens as the text encoder takes.
     *
     * @param clipSkip the number of the text encoder's last layers to leave out, counted from the layer that the
     *     pipeline usually takes; 0 for none
     * @throws dev.clap4j.ClapException if the text encoder has fewer layers, or a text is not valid Unicode
     */
    TextStates encode(List<Prompt> prompts, int clipSkip);

    /** Returns whether a prompt is cut. */
    boolean isCut(Prompt prompt);

    /** Frees the text encoders' memory; they are loaded again on the next use. */
    void unload();

    /** Frees the memory for good, when the last call in flight has ended. */
    @Override
    void close();
}
