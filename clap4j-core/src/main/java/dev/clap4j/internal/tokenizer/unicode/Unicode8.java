package dev.clap4j.internal.tokenizer.unicode;

import java.util.BitSet;
import java.util.Map;

/**
 * Classes of characters as of Unicode 8, which Hugging Face's tokenizers use for BERT. Characters that are newer belong to
 * none of them.
 */
public final class Unicode8 {
    private static final Map<String, BitSet> SETS = Categories.read("unicode-8.txt");
    private static final BitSet MARKS = SETS.get("M");
    private static final BitSet PUNCTUATION = SETS.get("P");
    private static final BitSet OTHERS = SETS.get("C");

    private Unicode8() {}

    /** Returns whether a character is a mark that takes no room of its own. */
    public static boolean isNonSpacingMark(int c) {
        return MARKS.get(c);
    }

    /** Returns whether a character is punctuation or a sign of ASCII. */
    public static boolean isPunctuation(int c) {
        return PUNCTUATION.get(c);
    }

    /** Returns whether a character is a control, format or private one other than a tab or the end of a line. */
    public static boolean isOther(int c) {
        return OTHERS.get(c);
    }
}
