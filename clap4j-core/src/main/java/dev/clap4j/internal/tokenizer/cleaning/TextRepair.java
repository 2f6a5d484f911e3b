package dev.clap4j.internal.tokenizer.cleaning;

import java.text.Normalizer;

/**
 * Repairs texts as ftfy 6.3's {@code fix_text} does with its default options (Robyn Speer, "fixes text for you").
 *
 * <p>Each line is processed until it no longer changes: HTML character references are replaced, unless the text has a
 * {@code <}; mojibake is decoded, see {@link EncodingRepair}; ligatures and digraphs of Latin letters, full-width and
 * half-width forms, curly quotes and line breaks are replaced by plain ones; terminal escapes and control characters
 * are removed; the text is composed (NFC).
 *
 * <p>Differences from ftfy: a line is processed at most {@value #MOST_ROUNDS} times, while ftfy has no limit; and the
 * Unicode tables are those of the running Java.
 */
public final class TextRepair {
    /** The number of characters processed together if there are no line breaks. */
    private static final int MOST_CODE_POINTS = 1_000_000;

    private static final int MOST_ROUNDS = 50;

    private TextRepair() {}

    /** Repairs a text. */
    public static String repair(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        boolean html = true;
        for (int begin = 0; begin < text.length(); ) {
            int end = endOfLine(text, begin);
            String line = text.substring(begin, end);
            html &= line.indexOf('<') < 0;
            result.append(line(line, html));
            begin = end;
        }
        return result.toString();
    }

    /** Returns whether a text is printable ASCII without references, like most prompts, and thus never changed. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '&');
    }

    private static int endOfLine(String text, int begin) {
        int lineFeed = text.indexOf('\n', begin);
        int end = lineFeed < 0 ? text.length() : lineFeed + 1;
        if (end - begin <= MOST_CODE_POINTS || text.codePointCount(begin, end) <= MOST_CODE_POINTS) {
            return end;
        }
        return text.offsetByCodePoints(begin, MOST_CODE_POINTS);
    }

    private static String line(String line, boolean html) {
        String text = line;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            String before = text;
            text = html ? HtmlEntities.unescapeUnambiguous(text) : text;
            text = EncodingRepair.repair(text);
            text = CharacterRepair.repair(text);
            text = Normalizer.normalize(text, Normalizer.Form.NFC);
            if (text.equals(before)) {
                break;
            }
        }
        return text;
    }
}
