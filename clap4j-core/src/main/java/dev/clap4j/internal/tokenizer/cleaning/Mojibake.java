package dev.clap4j.internal.tokenizer.cleaning;

import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Detects mojibake by adjacent characters that do not occur in intended text, such as an accented letter before a
 * currency sign. The character classes and their impossible neighbours are those of ftfy 6.3, whose author found them
 * in real texts.
 */
final class Mojibake {
    /** Characters too common to indicate anything on their own: spaces, dashes, ellipsis, apostrophe. */
    private static final String COMMON = "\u00A0\u00AD\u00B4\u00B7\u2013-\u2015\u2019\u2026";

    /** Control characters, which intended text does not contain. */
    private static final String CONTROL = "\u0080-\u009F";

    /** Accents and signs that rarely stand alone. */
    private static final String BAD =
            "\u00A4\u00A6\u00A8\u00AA\u00AC\u00AF\u00B8\u00BA\u0192\u02C6\u02C7\u02D8\u02DB\u02DC\u2020\u2021\u2030\u2310\u25CA\uFFFD";

    /** Paragraph and section signs. */
    private static final String LAW = "\u00A7\u00B6";

    private static final String CURRENCY = "\u00A2\u00A3\u00A5\u20A7\u20AC";

    /** Opening quotes, inverted marks, bullet, copyright. */
    private static final String OPENING =
            "\u00A1\u00A9\u00AB\u00BF\u0384\u0385\u2018\u201A\u201C\u201E\u2022\u2039\uF8FF";

    /** Closing quotes, trade marks. */
    private static final String CLOSING = "\u00AE\u00BB\u02DD\u201D\u203A\u2122";

    /** Superscript digits, fractions and mathematical symbols. */
    private static final String NUMERIC = "\u00B1-\u00B3\u00B5\u00B9\u00BC-\u00BE\u00D7\u00F7\u2044\u2116\u2202\u2206"
            + "\u220F\u2211\u221A\u221E\u2229\u222B\u2248\u2260\u2261\u2264\u2265";

    /** Letters used in drawn faces. */
    private static final String FACES =
            "\u00B0\u00D2-\u00D6\u00D9-\u00DC\u00F2-\u00F6\u00F8-\u00FC\u014C\u0150\u016A\u0172";

    private static final String UPPER =
            "\u00C0-\u00D1\u00D8\u00DC\u00DD\u0100\u0102\u0104\u0106\u010C\u010E\u0110\u0112"
                    + "\u0116\u0118\u011A\u011E\u0122\u012A\u0130\u0136\u0139\u013B\u013D\u0141\u0143\u0145\u0147\u0152\u0158"
                    + "\u015A\u015E\u0160\u0162\u0164\u016E\u0170\u0178\u0179\u017B\u017D\u0490";

    private static final String LOWER =
            "\u00DF-\u00F1\u00FC\u0101\u0103\u0105\u0107\u010D\u010F\u0111\u0113\u0117\u0119"
                    + "\u011B\u011F\u0123\u012B\u012F\u0137\u013A\u013C\u013E\u0142\u0153\u0155\u015B\u015F\u0161\u0165\u017A"
                    + "\u017C\u017E\u0491\uFB01\uFB02";

    /** Greek and Cyrillic capitals, and thorn, which also occur at the end of words. */
    private static final String UPPER_FOREIGN = "\u00DE\u0386\u0388-\u038A\u038C\u038E\u038F\u0391-\u03AB\u0401-\u042F";

    private static final String LOWER_FOREIGN = "\u03AC-\u03C9\u0430-\u045F";

    /** Box-drawing characters, except the horizontal line, and blocks. */
    private static final String BOX =
            "\u2502\u250C\u2510\u2518\u251C\u2524\u252C\u253C\u2550-\u256C\u2580\u2584\u2588" + "\u258C\u2590-\u2593";

    /** Sequences of character classes, any of which indicates mojibake. */
    private static final List<IntPredicate[]> RULES = List.of(
            // Classes.
            row(CONTROL),
            row(BAD + LOWER + UPPER + BOX + OPENING + CLOSING + CURRENCY + NUMERIC + LAW, BAD),
            row("a-zA-Z", LOWER_FOREIGN + UPPER_FOREIGN, BAD),
            row(BAD, LOWER + UPPER + BOX + OPENING + CLOSING + CURRENCY + NUMERIC + LAW),
            row(LOWER + LOWER_FOREIGN + BOX + CLOSING + CURRENCY + NUMERIC, UPPER),
            row(BOX + CLOSING + CURRENCY + NUMERIC, LOWER),
            row(LOWER + BOX + CLOSING, CURRENCY),
            row(PythonText::isSpace, of(UPPER), of(CURRENCY)),
            row(UPPER + BOX, NUMERIC + LAW),
            row(LOWER + UPPER + BOX + CURRENCY + CLOSING, OPENING, NUMERIC),
            row(LOWER + UPPER + CURRENCY + NUMERIC + BOX + LAW, CLOSING, OPENING),
            row(CURRENCY + NUMERIC + BOX, OPENING),
            row("a-z", UPPER, OPENING + CURRENCY),
            row(BOX, FACES),
            row(LOWER + UPPER + CURRENCY + NUMERIC + OPENING + CLOSING + LAW, BOX),
            row(BOX, CLOSING),
            row(of(LOWER + UPPER), of(OPENING + CLOSING), Mojibake::isWord),
            // Single letters.
            row(of("\u0152\u0153"), of("A-Za-z").negate()),
            row(UPPER, "\u00B0"),
            // Windows-1252: Latin letters, Arabic, South Asian scripts, à and á.
            row(
                    "\u00C2\u00C3\u00CE\u00D0",
                    OPENING + CLOSING + "\u20AC\u0153\u0160\u0161\u00A2\u00A3\u0178\u017E"
                            + "\u00A0\u00AD\u00AE\u00A9\u00B0\u00B7\u00BB\u2013\u2014\u00B4"),
            row("\u00D7", "\u00B2\u00B3"),
            row("\u00D8\u00D9", arabic(), "\u00D8\u00D9", arabic()),
            row("\u00E0", "\u00B2\u00B5\u00B9\u00BC-\u00BE"),
            row("\u00C3", "\u00A0\u00A1"),
            row("a-z", "\u00C2\u00C3", " "),
            row(of("a-z"), PythonText::isSpace, of("\u00C2\u00C3"), of(" ")),
            row("a-z.,?!" + CLOSING, "\u00C2", " " + OPENING + CLOSING),
            // MacRoman.
            row("\u221A", "\u00B1\u2202\u2020\u2260\u00AE\u2122\u00B4\u2264\u2265\u00A5\u00B5\u00F8"),
            row("\u2248", "\u00B0\u00A2"),
            row("\u201A", "\u00C4", "\u00EC\u00EE\u00EF\u00F2\u00F4\u00FA\u00F9\u00FB\u2020\u00B0\u00A2\u03C0"),
            row("\u201A", "\u00E2\u00F3", "\u00E0\u00E4\u00B0\u00EA"),
            // Windows-1251: punctuation, Cyrillic, and Latin letters previously decoded as Windows-1252.
            row("\u0432", "\u0402"),
            row(
                    "\u0412\u0413\u0420\u0421",
                    CONTROL + BAD + OPENING + CLOSING + CURRENCY + "\u00B0\u00B5",
                    "\u0412\u0413\u0420\u0421"),
            row(of("\u0413"), of("\u045E"), of("\u0412"), of("\u0402"), of("\u0412"), of("\n").negate(), of("A-Za-z ")),
            // Windows-1253: punctuation, Greek.
            row("\u03B2", "\u20AC", "\u2122\u00A0\u0386\u00AD\u00AE\u00B0"),
            row(
                    "\u0392\u0393\u039E\u039F",
                    CONTROL + BAD + OPENING + CLOSING + CURRENCY + "\u00B0",
                    "\u0392\u0393\u039E\u039F"),
            // Windows-1257: punctuation.
            row("\u0101", "\u20AC"));

    private Mojibake() {}

    private static String arabic() {
        return COMMON + CURRENCY + BAD + NUMERIC + OPENING + "\u0178\u0160\u00AE\u00B0\u00B5\u00BB";
    }

    private static IntPredicate[] row(String... kinds) {
        return Arrays.stream(kinds).map(Mojibake::of).toArray(IntPredicate[]::new);
    }

    private static IntPredicate[] row(IntPredicate... kinds) {
        return kinds;
    }

    /** Returns the class of the given characters, with ranges such as {@code a-z}. */
    private static IntPredicate of(String kind) {
        BitSet characters = new BitSet();
        for (int i = 0; i < kind.length(); i++) {
            boolean range = i + 2 < kind.length() && kind.charAt(i + 1) == '-';
            characters.set(kind.charAt(i), kind.charAt(range ? i + 2 : i) + 1);
            i += range ? 2 : 0;
        }
        return characters::get;
    }

    private static boolean isWord(int c) {
        return Characters.isLetter(c) || Characters.isNumber(c) || c == '_';
    }

    /** Returns whether a text has adjacent characters that do not occur in intended text. */
    static boolean isIn(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return false;
        }
        int[] points = text.codePoints().toArray();
        if (points.length > 1 && (points[0] == 0xC2 || points[0] == 0xC3) && points[1] == ' ') {
            return true;
        }
        for (int i = 0; i < points.length; i++) {
            for (IntPredicate[] rule : RULES) {
                if (rule.length <= points.length - i && matches(rule, points, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(IntPredicate[] rule, int[] points, int begin) {
        for (int i = 0; i < rule.length; i++) {
            if (!rule[i].test(points[begin + i])) {
                return false;
            }
        }
        return true;
    }
}
