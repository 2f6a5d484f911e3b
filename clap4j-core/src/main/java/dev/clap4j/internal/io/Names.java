package dev.clap4j.internal.io;

import java.text.Normalizer;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names in messages: lists cut to the first few, and control characters made visible. */
public final class Names {
    private static final int SHOWN = 6;
    private static final int BRIEF = 100;

    private Names() {}

    /** {@code a, b, c}, shortened to the first six; {@code none} if there are none. */
    public static String preview(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String shown = names.stream().limit(SHOWN).map(Names::brief).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + ", … (" + names.size() + " in all)";
    }

    /** A text cut to its first hundred characters, for messages that are to stay readable whatever a file holds. */
    public static String brief(String text) {
        return brief(text, BRIEF);
    }

    /** A text cut to its first {@code length} characters, without a half of one at the end. */
    public static String brief(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }

    /**
     * A name with its letters and accents composed (Unicode's NFC), as most systems write it; macOS takes the names of
     * files apart.
     */
    public static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** A name with everything but ASCII as {@code \\u00e4}, so that names that look the same can be told apart. */
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
     * A text that is safe to print: characters that could steer a terminal, reorder a line or break it are shown as
     * {@code \\u001b}. Line feeds and tabs stay.
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

    /** A {@linkplain #printable printable} text in one line: line feeds are shown as {@code \\n}. */
    public static String line(String text) {
        return text == null ? null : printable(text.replace("\r\n", "\n").replace("\n", "\\n"));
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            // Joiners belong to emoji and to several scripts; the other format characters reorder or hide text.
            case Character.FORMAT -> c == 0x200C || c == 0x200D || c == 0xAD || c == 0xFEFF || c >= 0xE0000;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
