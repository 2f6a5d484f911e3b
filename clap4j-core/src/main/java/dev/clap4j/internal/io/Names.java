package dev.clap4j.internal.io;

import java.text.Normalizer;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names in messages: lists are shortened and control characters made visible. */
public final class Names {
    private static final int SHOWN = 6;
    private static final int BRIEF = 100;

    private Names() {}

    /** Returns {@code a, b, c}, shortened to the first six, or {@code none}. */
    public static String preview(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String shown = names.stream().limit(SHOWN).map(Names::brief).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + ", … (" + names.size() + " in all)";
    }

    /** Returns the first hundred characters of a text, so that messages stay readable whatever a file holds. */
    public static String brief(String text) {
        return brief(text, BRIEF);
    }

    /** Returns the first {@code length} characters of a text, without splitting a surrogate pair. */
    public static String brief(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }

    /** Returns a name in composed form (Unicode NFC), as most systems write it; macOS decomposes file names. */
    public static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /**
     * Returns a name with all but ASCII escaped as {@code \\u00e4}, so that names that look the same can be told apart.
     */
    public static String ascii(String name) {
        StringBuilder shown = new StringBuilder();
        name.chars().forEach(c -> {
            if (c >= ' ' && c < 0x7F) {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.toString();
    }

    /**
     * Returns a text that is safe to print: characters that could control a terminal or reorder or break a line are
     * escaped as {@code \\u001b}. Line feeds and tabs are kept.
     */
    public static String printable(String text) {
        if (text == null || text.codePoints().allMatch(Names::isPrintable)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPrintable(c)) {
                shown.appendCodePoint(c);
            } else {
                for (char half : Character.toChars(c)) {
                    shown.append(String.format("\\u%04x", (int) half));
                }
            }
        });
        return shown.toString();
    }

    /** Returns a {@linkplain #printable printable} text on one line: line feeds become {@code \\n}. */
    public static String line(String text) {
        return text == null ? null : printable(text.replace("\r\n", "\n").replace("\n", "\\n"));
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            // Joiners occur in emoji and several scripts; the other format characters reorder or hide text.
            case Character.FORMAT -> c == 0x200C || c == 0x200D || c == 0xAD || c == 0xFEFF || c >= 0xE0000;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
