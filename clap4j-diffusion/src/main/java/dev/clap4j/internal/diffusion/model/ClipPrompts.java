package dev.clap4j.internal.diffusion.model;

import java.util.List;
import java.util.Optional;

/**
 * Prompts for one or two of CLIP's text encoders.
 *
 * @param first the first encoder
 * @param second the second one, whose states stand beside those of the first
 */
record ClipPrompts(TextEncoder first, Optional<TextEncoder> second) implements Prompts {
    @Override
    public TextStates encode(List<Prompt> prompts, int clipSkip) {
        TextStates one = first.encode(prompts.stream().map(Prompt::text).toList(), clipSkip);
        if (second.isEmpty()) {
            return one;
        }
        TextStates other =
                second.get().encode(prompts.stream().map(Prompt::forSecond).toList(), clipSkip);
        return new TextStates(Batches.sideBySide(one.hidden(), other.hidden()), other.pooled());
    }

    @Override
    public boolean isCut(Prompt prompt) {
        return first.isCut(prompt.text())
                || second.filter(encoder -> encoder.isCut(prompt.forSecond())).isPresent();
    }

    @Override
    public void unload() {
        first.unload();
        second.ifPresent(TextEncoder::unload);
        // Weights that were put together lie outside of the heap, and only the collector frees them.
        System.gc();
    }

    @Override
    public void close() {
        first.close();
        second.ifPresent(TextEncoder::close);
    }
}
