package dev.clap4j.internal.tokenizer.cleaning;

import java.util.regex.Pattern;

/**
 * UTF-8 some of whose bytes were damaged while it was taken for another encoding. Bytes are written as the characters
 * U+0000 to U+00FF.
 */
final class DamagedUtf8 {
    /** Bytes that continue a letter, but for A0 and for 85, which may have been damaged in other ways. */
    private static final String NEXT = "[\\x80-\\x84\\x86-\\x9F\\xA1-\\xBF]";

    private static final String ANY = "[\\x80-\\xBF]";

    /** Places where a space could be the no-break space, byte A0, and with that a likely letter would come out. */
    private static final Pattern SPACE_FOR_A0 = Pattern.compile("[\\xC2\\xC3\\xC5\\xCE\\xD0\\xD9] "
            + "|[\\xE2\\xE3] " + NEXT
            + "|[\\xE0-\\xE3]" + NEXT + " "
            + "|\\xF0(?: " + ANY + ANY + "|" + ANY + " " + ANY + "|" + ANY + ANY + " )");

    /** An à by itself, whose space both belongs to the letter and parts words; not so in Portuguese contractions. */
    private static final Pattern A_GRAVE = Pattern.compile("\\xC3 (?! |quele|quela|quilo|s )");

    private static final String LOST = "\\x1A";

    private static final String LOST_OR_NEXT = "[\\x1A\\x80-\\xBF]";

    /** Sequences with a lost byte, or with a question mark for one. */
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

    /** The bytes with A0 where a program has made a plain space of it. */
    static String restoreSpaces(String bytes) {
        if (bytes.indexOf(' ') < 0 || !SPACE_FOR_A0.matcher(bytes).find()) {
            return bytes;
        }
        String parted = A_GRAVE.matcher(bytes).replaceAll("\u00C3\u00A0 ");
        return SPACE_FOR_A0.matcher(parted).replaceAll(match -> match.group().replace(' ', '\u00A0'));
    }

    /** The bytes with U+FFFD for every letter of which a byte was lost. */
    static String replaceLost(String bytes) {
        return LOSSY.matcher(bytes).replaceAll(REPLACEMENT);
    }
}
