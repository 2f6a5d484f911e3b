package dev.clap4j.internal.tokenizer.cleaning;

import dev.clap4j.internal.tokenizer.unicode.LowerCase;

/**
 * Ways to clean a text before it is cut into tokens. The names are open_clip's, for {@code tokenizer_kwargs.clean}.
 *
 * <p>All but {@link #NONE} begin with {@link TextRepair}, replace HTML character references twice and trim.
 */
public enum Cleaning {
    /** Nothing: the tokenizer's own normalizer does what is needed. */
    NONE,
    /** White space is collapsed. */
    WHITESPACE,
    /** White space is collapsed, and letters become lower case: what OpenAI's {@code clip.tokenize} does. */
    LOWER,
    /**
     * Underscores become spaces, the other ASCII punctuation goes, letters become lower case and white space is
     * collapsed: what big_vision does for SigLIP.
     */
    CANONICALIZE;

    /** The cleaned text. */
    public String apply(String text) {
        return switch (this) {
            case NONE -> text;
            case WHITESPACE -> PythonText.joinWords(basic(text));
            case LOWER -> LowerCase.ofText(PythonText.joinWords(basic(text)));
            case CANONICALIZE -> PythonText.joinWords(LowerCase.ofText(withoutPunctuation(basic(text))));
        };
    }

    private static String basic(String text) {
        return PythonText.strip(HtmlEntities.unescape(HtmlEntities.unescape(TextRepair.repair(text))));
    }

    private static String withoutPunctuation(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean punctuation = c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
            if (c == '_') {
                result.append(' ');
            } else if (!punctuation) {
                result.append(c);
            }
        }
        return result.toString();
    }
}
