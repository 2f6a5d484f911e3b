package dev.clap4j.internal.tokenizer;

import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import dev.clap4j.internal.tokenizer.transformers.TransformersOptions;
import java.util.List;
import java.util.Optional;

/**
 * The reference implementation that a tokenizer matches. They treat the same vocabulary differently: OpenAI and
 * open_clip clean texts with ftfy, unescape HTML and split words with their own pattern, while Hugging Face follows the
 * steps in {@code tokenizer.json}.
 *
 * @param cleaning the cleaning of texts that are split by CLIP's own rules
 * @param stepsCleaning the cleaning of texts that are processed by the steps of a {@code tokenizer.json}
 * @param followsSteps whether to follow these steps even if they are the usual ones published with CLIP
 * @param special the spelling of the start and end tokens in texts that are split by CLIP's own rules
 * @param transformers settings of tokenizers of Hugging Face's classes
 * @param layout how ids are put together and padded
 */
public record TokenizerReference(
        Cleaning cleaning,
        Cleaning stepsCleaning,
        boolean followsSteps,
        List<String> special,
        TransformersOptions transformers,
        Layout layout) {
    /** OpenAI's {@code clip.tokenize}. */
    public static final TokenizerReference OPEN_AI = new TokenizerReference(
            Cleaning.LOWER,
            Cleaning.NONE,
            false,
            List.of(ClipVocabulary.START, ClipVocabulary.END),
            TransformersOptions.NONE,
            Layout.PLAIN);

    /** Hugging Face's {@code CLIPTokenizerFast}; OpenAI's rules for OpenAI's file. */
    public static final TokenizerReference HUGGING_FACE = new TokenizerReference(
            Cleaning.LOWER,
            Cleaning.NONE,
            true,
            List.of(ClipVocabulary.START, ClipVocabulary.END),
            TransformersOptions.NONE,
            Layout.PLAIN);

    /** Chinese-CLIP's authors. */
    public static final TokenizerReference CN_CLIP =
            HUGGING_FACE.with(new TransformersOptions(TransformersOptions.CN_CLIP, false));

    /** Makes the list unmodifiable. */
    public TokenizerReference {
        special = List.copyOf(special);
    }

    /**
     * open_clip.
     *
     * @param clean the cleaning set in its configuration; if empty, lower case for CLIP's own rules, and white space
     *     for the steps of a {@code tokenizer.json}
     * @param huggingFace whether its configuration names a Hugging Face tokenizer
     */
    public static TokenizerReference openClip(Optional<Cleaning> clean, boolean huggingFace) {
        return new TokenizerReference(
                clean.orElse(Cleaning.LOWER),
                clean.orElse(Cleaning.WHITESPACE),
                huggingFace,
                List.of("<start_of_text>", "<end_of_text>"),
                TransformersOptions.NONE,
                new Layout(false, false, true));
    }

    /** Returns this reference with other settings of Hugging Face's classes. */
    public TokenizerReference with(TransformersOptions options) {
        return new TokenizerReference(cleaning, stepsCleaning, followsSteps, special, options, layout);
    }

    /** Returns this reference with another layout of ids. */
    public TokenizerReference with(Layout other) {
        return new TokenizerReference(cleaning, stepsCleaning, followsSteps, special, transformers, other);
    }

    /**
     * The arrangement of special tokens and padding around the ids of a text.
     *
     * @param clips whether a text stands between start and end token, and a class token in the last position
     * @param stripSep whether separators become 0
     * @param masksPads whether the mask leaves out padding tokens that a text spells, too
     */
    public record Layout(boolean clips, boolean stripSep, boolean masksPads) {
        /** The layout that the tokenizer's files describe. */
        public static final Layout PLAIN = new Layout(false, false, false);
    }
}
