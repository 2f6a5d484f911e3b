package dev.clap4j.internal.tokenizer.cleaning;

import java.util.BitSet;
import java.util.function.UnaryOperator;

/**
 * Finds the runs of characters that could be UTF-8 read as encodings of a byte a character, each character in whichever
 * encoding fits.
 */
final class MojibakeRuns {
    private static final int LONGEST = 3;

    /** Characters that the first byte of a letter of two, three or four bytes can look like. */
    private static final BitSet[] FIRST = {characters(0xC2, 0xDF), characters(0xE0, 0xEF), firstOfFour()};

    /** Characters that a further byte of a letter can look like; a space may stand for A0. */
    private static final BitSet NEXT = characters(0x80, 0xBF);

    /** These without spaces and without the punctuation of ordinary text: nothing begins after these. */
    private static final BitSet STRICT = characters(0x80, 0xBF);

    static {
        NEXT.set(' ');
        // Dashes, quotes, bullet and ellipsis.
        "\u2013\u2014\u2015\u2018\u2019\u201A\u201C\u201D\u201E\u2022\u2026"
                .chars()
                .forEach(STRICT::clear);
    }

    private MojibakeRuns() {}

    /** Windows' and ISO's encodings, which look like Latin-1, count; those that were made for other systems do not. */
    private static BitSet characters(int firstByte, int lastByte) {
        BitSet characters = new BitSet();
        for (SingleByteEncoding encoding : SingleByteEncoding.ALL) {
            if (encoding.isLikeLatin1()) {
                for (int b = firstByte; b <= lastByte; b++) {
                    characters.set(encoding.character(b));
                }
            }
        }
        return characters;
    }

    /** F0 begins all emoji, F3 the tags that some of them have; no other is in use. */
    private static BitSet firstOfFour() {
        BitSet characters = characters(0xF0, 0xF0);
        characters.or(characters(0xF3, 0xF3));
        return characters;
    }

    /** The text with every run replaced; a run that is all of the text is left as it is. */
    static String replace(String text, UnaryOperator<String> replacement) {
        StringBuilder result = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = i > 0 && STRICT.get(text.charAt(i - 1)) ? i : endOfRun(text, i);
            if (end == i) {
                result.append(text.charAt(i));
                i++;
            } else {
                String run = text.substring(i, end);
                result.append(run.length() == text.length() ? run : replacement.apply(run));
                i = end;
            }
        }
        return result.toString();
    }

    private static int endOfRun(String text, int begin) {
        int end = begin;
        int letter = endOfLetter(text, end);
        while (letter > end) {
            end = letter;
            letter = endOfLetter(text, end);
        }
        return end;
    }

    /** The end of the letter that begins here, or this position if none does. */
    private static int endOfLetter(String text, int begin) {
        if (begin < text.length()) {
            for (int further = 1; further <= LONGEST; further++) {
                if (FIRST[further - 1].get(text.charAt(begin)) && continues(text, begin + 1, further)) {
                    return begin + 1 + further;
                }
            }
        }
        return begin;
    }

    private static boolean continues(String text, int begin, int count) {
        for (int i = begin; i < begin + count; i++) {
            if (i >= text.length() || !NEXT.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
