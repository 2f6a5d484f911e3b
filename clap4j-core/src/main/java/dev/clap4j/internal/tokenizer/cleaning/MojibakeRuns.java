package dev.clap4j.internal.tokenizer.cleaning;

import java.util.BitSet;
import java.util.function.UnaryOperator;

/**
 * Finds runs of characters that could be UTF-8 decoded in single-byte encodings, possibly a different one for each
 * character.
 */
final class MojibakeRuns {
    private static final int LONGEST = 3;

    /** Characters that could stand for the first byte of a two-, three- or four-byte letter. */
    private static final BitSet[] FIRST = {characters(0xC2, 0xDF), characters(0xE0, 0xEF), firstOfFour()};

    /** Characters that could stand for a continuation byte; a space may stand for A0. */
    private static final BitSet NEXT = characters(0x80, 0xBF);

    /** The same without spaces and ordinary punctuation; no letter starts after these. */
    private static final BitSet STRICT = characters(0x80, 0xBF);

    static {
        NEXT.set(' ');
        // Dashes, quotes, bullet and ellipsis.
        "\u2013\u2014\u2015\u2018\u2019\u201A\u201C\u201D\u201E\u2022\u2026"
                .chars()
                .forEach(STRICT::clear);
    }

    private MojibakeRuns() {}

    /**
     * Returns the characters that could stand for a range of bytes, in Windows and ISO encodings that resemble Latin-1
     * only.
     */
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

    /**
     * Returns the characters that could stand for F0, which starts all emoji, or F3, which starts the tags of some; no
     * others are in use.
     */
    private static BitSet firstOfFour() {
        BitSet characters = characters(0xF0, 0xF0);
        characters.or(characters(0xF3, 0xF3));
        return characters;
    }

    /** Replaces every run; a run that is the whole text is left unchanged. */
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

    /** Returns the end of the letter that starts at a position, or the position itself if there is none. */
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
