package dev.clap4j.internal.tokenizer.cleaning;

import java.util.regex.Pattern;

/**
 * Restores UTF-8 bytes that were damaged while they were decoded in another encoding. Bytes are represented by the
 * characters U+0000 to U+00FF.
 */
final class DamagedUtf8 {
    /** Continuation bytes, except A0 and 85, which may have been damaged in other ways. */
    private static final String NEXT = "[\\x80-\\x84\\x86-\\x9F\\xA1-\\xBF]";

    private static final String ANY = "[\\x80-\\xBF]";

    /** Positions where a space may stand for byte A0 (the no-break space) and a likely letter would result. */
    private static final Pattern SPACE_FOR_A0 = Pattern.compile("[\\xC2\\xC3\\xC5\\xCE\\xD0\\xD9] "
            + "|[\\xE2\\xE3] " + NEXT
            + "|[\\xE0-\\xE3]" + NEXT + " "
            + "|\\xF0(?: " + ANY + ANY + "|" + ANY + " " + ANY + "|" + ANY + ANY + " )");

    /** An à on its own, whose space is both part of the letter and a word boundary; not in Portuguese contractions. */
    private static final Pattern A_GRAVE = Pattern.compile("\\xC3 (?! |quele|quela|quilo|s )");

    private static final String LOST = "\\x1A";

    private static final String LOST_OR_NEXT = "[\\x1A\\x80-\\xBF]";

    /** Sequences with a lost byte, possibly shown as a question mark. */
    private static final Pattern LOSSY = Pattern.compile("[\\xC2-\\xDF]" + LOST
            + "|[\\xC2\\xC3]\\?"
            + "|\\xED[\\xA0-\\xAF](?:[\\x1A?]\\xED[\\xB0-\\xBF][\\x1A?\\x80-\\xBF]"
            + "|[\\x1A?\\x80-\\xBF]\\xED[\\xB0-\\xBF][\\x1A?])"
            + "|[\\xE0-\\xEF](?:[\\x1A?]" + LOST_OR_NEXT + "|" + LOST_OR_NEXT + "[\\x1A?])"
            + "|[\\xF0-\\xF4](?:[\\x1A?]" + LOST_OR_NEXT + LOST_OR_NEXT + "|" + LOST_OR_NEXT + "[\\x1A?]" + LOST_OR_NEXT
            + "|" + LOST_OR_NEXT + LOST_OR_NEXT + "[\\x1A?])"
            + "|" + LOST);

    private static final String REPLACEMENT = "\u00EF\u00BF\u00BD"; // U+FFFD in UTF-8

    private DamagedUtf8() {}

    /** Restores byte A0 where it was replaced by a plain space. */
    static String restoreSpaces(String bytes) {
        if (bytes.indexOf(' ') < 0 || !SPACE_FOR_A0.matcher(bytes).find()) {
            return bytes;
        }
        String parted = A_GRAVE.matcher(bytes).replaceAll("\u00C3\u00A0 ");
        return SPACE_FOR_A0.matcher(parted).replaceAll(match -> match.group().replace(' ', '\u00A0'));
    }

    /** Replaces every letter with a lost byte by U+FFFD. */
    static String replaceLost(String bytes) {
        return LOSSY.matcher(bytes).replaceAll(REPLACEMENT);
    }
}
