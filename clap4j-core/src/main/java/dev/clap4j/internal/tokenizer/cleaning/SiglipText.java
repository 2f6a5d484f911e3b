package dev.clap4j.internal.tokenizer.cleaning;

import dev.clap4j.internal.tokenizer.unicode.LowerCase;

/** The treatment of texts by SigLIP's tokenizers. */
public final class SiglipText {
    private SiglipText() {}

    /** Removes ASCII punctuation, collapses white space, and lower-cases if wanted, as Transformers does for SigLIP. */
    public static String canonicalize(String text, boolean lowercase) {
        String kept = Cleaning.withoutPunctuation(lowercase ? LowerCase.ofText(text) : text);
        return PythonText.joinWords(kept);
    }

    /** Lower-cases the letters from A to Z, as SigLIP's authors do. */
    public static String lowerAscii(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return lower.toString();
    }
}
