package dev.clap4j.internal.tokenizer.cleaning;

import dev.clap4j.internal.tokenizer.unicode.LowerCase;

/**
 * Ways to clean a text before it is tokenized. The names are open_clip's, for {@code tokenizer_kwargs.clean}.
 *
 * <p>All but {@link #NONE} start with {@link TextRepair}, unescape HTML twice and trim.
 */
public enum Cleaning {
    /** No cleaning: the tokenizer's own normalizer does what is needed. */
    NONE,
    /** Collapses white space. */
    WHITESPACE,
    /** Collapses white space and lower-cases the text, as OpenAI's {@code clip.tokenize}. */
    LOWER,
    /**
     * Replaces underscores by spaces, removes other ASCII punctuation, lower-cases the text and collapses white space,
     * as big_vision for SigLIP.
     */
    CANONICALIZE;

    /** Cleans a text. */
    public String apply(String text) {
        return switch (this) {
            case NONE -> text;
            case WHITESPACE -> PythonText.joinWords(basic(text));
            case LOWER -> LowerCase.ofText(PythonText.joinWords(basic(text)));
            case CANONICALIZE ->
                PythonText.joinWords(
                        LowerCase.ofText(withoutPunctuation(basic(text).replace('_', ' '))));
        };
    }

    private static String basic(String text) {
        return PythonText.strip(HtmlEntities.unescape(HtmlEntities.unescape(TextRepair.repair(text))));
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }

    /** Removes ASCII punctuation. */
    static String withoutPunctuation(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isPunctuation(text.charAt(i))) {
                result.append(text.charAt(i));
            }
        }
        return result.toString();
    }
}
