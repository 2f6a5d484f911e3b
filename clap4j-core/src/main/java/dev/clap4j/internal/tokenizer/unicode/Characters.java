package dev.clap4j.internal.tokenizer.unicode;

import java.util.BitSet;
import java.util.Map;

/**
 * Character classes of regular expressions with Unicode properties. Letters and numbers are those of Unicode 16 on
 * every Java version, so that texts are split into the same words everywhere; the other classes are the running Java's.
 */
public final class Characters {
    private static final Map<String, BitSet> SETS = Categories.read("letters-and-numbers.txt");
    private static final BitSet LETTERS = SETS.get("L");
    private static final BitSet NUMBERS = SETS.get("N");

    private static final int MARKS =
            1 << Character.NON_SPACING_MARK | 1 << Character.ENCLOSING_MARK | 1 << Character.COMBINING_SPACING_MARK;

    private static final int PUNCTUATION = 1 << Character.CONNECTOR_PUNCTUATION
            | 1 << Character.DASH_PUNCTUATION
            | 1 << Character.START_PUNCTUATION
            | 1 << Character.END_PUNCTUATION
            | 1 << Character.INITIAL_QUOTE_PUNCTUATION
            | 1 << Character.FINAL_QUOTE_PUNCTUATION
            | 1 << Character.OTHER_PUNCTUATION;

    private Characters() {}

    private static boolean is(int c, int categories) {
        return ((categories >> Character.getType(c)) & 1) != 0;
    }

    /** Returns whether a character is a letter, {@code \p{L}}. */
    public static boolean isLetter(int c) {
        return c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : LETTERS.get(c);
    }

    /** Returns whether a character is a number of any kind, {@code \p{N}}. */
    public static boolean isNumber(int c) {
        return c < 0x80 ? c >= '0' && c <= '9' : NUMBERS.get(c);
    }

    /** Returns whether a character is a decimal digit, {@code \p{Nd}}. */
    public static boolean isDigit(int c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    /** Returns whether a character is Unicode white space, {@code \s}. */
    public static boolean isSpace(int c) {
        return (c >= 0x09 && c <= 0x0D)
                || c == ' '
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** Returns whether a character is part of a word: a letter, mark, decimal digit or connector. */
    public static boolean isWord(int c) {
        return isLetter(c)
                || Character.isAlphabetic(c)
                || is(c, MARKS | 1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.CONNECTOR_PUNCTUATION);
    }

    /** Returns whether a character is punctuation, {@code \p{P}}. */
    public static boolean isPunctuation(int c) {
        return is(c, PUNCTUATION);
    }

    /** Returns whether a character is punctuation, or a sign of ASCII that is a symbol in Unicode. */
    public static boolean isPunctuationOrSign(int c) {
        return isPunctuation(c) || (c < 0x7F && c > ' ' && !Character.isLetterOrDigit(c));
    }

    /**
     * Returns whether a character is part of a word or one of the joiners U+200C and U+200D, Unicode's own {@code \w}.
     */
    public static boolean isWordOrJoiner(int c) {
        return isWord(c) || c == 0x200C || c == 0x200D;
    }

    /** Returns whether a character is a combining mark, {@code \p{M}}. */
    public static boolean isMark(int c) {
        return is(c, MARKS);
    }

    /** Returns whether a character is a mark that takes no room of its own, {@code \p{Mn}}. */
    public static boolean isNonSpacingMark(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK;
    }
}
