package dev.clap4j.report;

import java.util.ArrayList;
import java.util.List;

/** The width of text in terminal columns: two for a character of East Asian writing or an emoji, none for an accent. */
public final class DisplayWidth {
    private DisplayWidth() {}

    /** Returns the width of a text. */
    public static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    /** Truncates text to a width. */
    public static String cut(String text, int columns) {
        int width = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            width += of(text.codePointAt(i));
            if (width > columns) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    /** Wraps text at spaces where possible; returns at least one line. */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (of(rest) > columns) {
            String line = cut(rest, columns);
            if (line.isEmpty()) {
                line = rest.substring(0, rest.offsetByCodePoints(0, 1));
            }
            int space = rest.startsWith(" ", line.length()) ? line.length() : line.lastIndexOf(' ');
            int end = space > 0 ? space : line.length();
            lines.add(rest.substring(0, end));
            rest = rest.substring(space > 0 ? end + 1 : end);
        }
        lines.add(rest);
        return lines;
    }

    private static int of(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115F // Hangul
                        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                        || (c >= 0xAC00 && c <= 0xD7A3)
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0xFE30 && c <= 0xFE6F)
                        || (c >= 0xFF00 && c <= 0xFF60)
                        || (c >= 0xFFE0 && c <= 0xFFE6)
                        || (c >= 0x1F300 && c <= 0x1FAFF)
                        || (c >= 0x20000 && c <= 0x3FFFD));
    }
}
