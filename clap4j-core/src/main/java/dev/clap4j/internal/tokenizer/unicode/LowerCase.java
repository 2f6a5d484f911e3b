package dev.clap4j.internal.tokenizer.unicode;

/**
 * Language-independent lower-casing by Unicode 16, in the two ways used by tokenizers. Capitals unknown to Java 17 are
 * in a table, so that results are the same on every Java version.
 */
public final class LowerCase {
    /** Ranges of capitals introduced with Unicode 14 to 16: first, last, and offset of the small letters. */
    private static final int[][] LATER = {
        {0x1C89, 0x1C89, 1},
        {0x2C2F, 0x2C2F, 0x30},
        {0xA7C0, 0xA7C0, 1},
        {0xA7CB, 0xA7CB, 0x264 - 0xA7CB},
        {0xA7CC, 0xA7CC, 1},
        {0xA7D0, 0xA7D0, 1},
        {0xA7D6, 0xA7D6, 1},
        {0xA7D8, 0xA7D8, 1},
        {0xA7DA, 0xA7DA, 1},
        {0xA7DC, 0xA7DC, 0x19B - 0xA7DC},
        {0x10570, 0x1057A, 0x27},
        {0x1057C, 0x1058A, 0x27},
        {0x1058C, 0x10592, 0x27},
        {0x10594, 0x10595, 0x27},
        {0x10D50, 0x10D65, 0x20}
    };

    private static final int CAPITAL_I_WITH_DOT = 0x130;
    private static final int CAPITAL_SIGMA = 0x3A3;

    private LowerCase() {}

    /** Lower-cases each character on its own: a capital sigma always becomes U+03C3. */
    public static String ofCharacters(String text) {
        return lower(text, false);
    }

    /**
     * Lower-cases a text as Python's {@code str.lower}: a capital sigma at the end of a word becomes a final one. Java
     * finds the end of a word with its word breaker, Python by the adjacent letters, hence this method.
     */
    public static String ofText(String text) {
        return lower(text, true);
    }

    private static int lower(int c) {
        int lower = Character.toLowerCase(c);
        if (lower == c && c >= LATER[0][0]) {
            for (int[] row : LATER) {
                if (c >= row[0] && c <= row[1]) {
                    return c + row[2];
                }
            }
        }
        return lower;
    }

    private static String lower(String text, boolean finalSigma) {
        StringBuilder result = null;
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            int lower = lower(c);
            if (lower == c && result == null) {
                continue;
            }
            if (result == null) {
                result = new StringBuilder(text.length() + 2).append(text, 0, i);
            }
            switch (c) {
                case CAPITAL_I_WITH_DOT -> result.append("i\u0307");
                case CAPITAL_SIGMA -> result.append(finalSigma && isFinal(text, i) ? '\u03C2' : '\u03C3');
                default -> result.appendCodePoint(lower);
            }
        }
        return result == null ? text : result.toString();
    }

    /**
     * Returns whether Unicode's Final_Sigma condition holds: a cased letter before and none after, ignoring
     * case-ignorable characters.
     */
    private static boolean isFinal(String text, int sigma) {
        int before = sigma;
        while (before > 0 && isCaseIgnorable(text.codePointBefore(before))) {
            before = text.offsetByCodePoints(before, -1);
        }
        if (before == 0 || !isCased(text.codePointBefore(before))) {
            return false;
        }
        int after = sigma + 1;
        while (after < text.length() && isCaseIgnorable(text.codePointAt(after))) {
            after = text.offsetByCodePoints(after, 1);
        }
        return after == text.length() || !isCased(text.codePointAt(after));
    }

    private static boolean isCased(int c) {
        return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
    }

    private static boolean isCaseIgnorable(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default ->
                "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A".indexOf(c)
                        >= 0;
        };
    }
}
