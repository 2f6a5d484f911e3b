package dev.clap4j.internal.tokenizer;

import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import java.util.List;
import java.util.Optional;

/**
 * The reference implementation whose ids a tokenizer gives. They treat the same vocabulary differently: OpenAI's and open_clip's
 * clean texts with ftfy, replace HTML character references and cut words by themselves, while Hugging Face's go by the steps in
 * {@code tokenizer.json}.
 *
 * @param cleaning of texts that are cut into words by CLIP's own rules
 * @param stepsCleaning of texts that go through the steps of a {@code tokenizer.json}
 * @param followsSteps whether these steps count where they are CLIP's as usually published, too
 * @param special how start and end token are written in texts that are cut by CLIP's own rules
 */
public record TokenizerReference(
        Cleaning cleaning, Cleaning stepsCleaning, boolean followsSteps, List<String> special) {
    /** OpenAI's {@code clip.tokenize}. */
    public static final TokenizerReference OPEN_AI = new TokenizerReference(
            Cleaning.LOWER, Cleaning.NONE, false, List.of(ClipVocabulary.START, ClipVocabulary.END));

    /** Hugging Face's {@code CLIPTokenizerFast}; OpenAI's rules for OpenAI's file. */
    public static final TokenizerReference HUGGING_FACE = new TokenizerReference(
            Cleaning.LOWER, Cleaning.NONE, true, List.of(ClipVocabulary.START, ClipVocabulary.END));

    /** Makes the list unmodifiable. */
    public TokenizerReference {
        special = List.copyOf(special);
    }

    /**
     * open_clip.
     *
     * @param clean the cleaning that its configuration asks for; if none, lower case for CLIP's own rules, and white
     *     space for the steps of a {@code tokenizer.json}
     * @param huggingFace whether its configuration names a tokenizer of Hugging Face
     */
    public static TokenizerReference openClip(Optional<Cleaning> clean, boolean huggingFace) {
        return new TokenizerReference(
                clean.orElse(Cleaning.LOWER),
                clean.orElse(Cleaning.WHITESPACE),
                huggingFace,
                List.of("<start_of_text>", "<end_of_text>"));
    }
}
