package dev.clap4j.internal.tokenizer.cleaning;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The part of {@link TextRepair} that works on single characters, each of which is kept, replaced or removed. */
final class CharacterRepair {
    private static final Pattern TERMINAL_ESCAPE = Pattern.compile("\u001B\\[[\\p{Nd};]*[a-zA-Z]");

    private static final Map<Integer, String> REPLACED = replaced();

    private CharacterRepair() {}

    /** Returns the text with unwanted characters replaced or removed. */
    static String repair(String text) {
        String replaced = replace(text);
        return withoutControls(
                replaced.indexOf(0x1B) < 0
                        ? replaced
                        : TERMINAL_ESCAPE.matcher(replaced).replaceAll(""));
    }

    private static String replace(String text) {
        StringBuilder result = new StringBuilder(text.length());
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            boolean lineBreak = c == '\r' || c == 0x2028 || c == 0x2029;
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                continue;
            }
            if (c < 0x80) {
                result.append((char) (lineBreak ? '\n' : c));
            } else {
                String other = lineBreak ? "\n" : REPLACED.get(c);
                if (other == null) {
                    result.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
                } else {
                    result.append(other);
                }
            }
        }
        return result.toString();
    }

    private static String withoutControls(String text) {
        if (text.chars().noneMatch(CharacterRepair::isControl)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        text.chars().filter(c -> !isControl(c)).forEach(c -> result.append((char) c));
        return result.toString();
    }

    /**
     * Returns whether a character is a control character other than white space, a deprecated format character, or the
     * byte order mark.
     */
    private static boolean isControl(int c) {
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r')
                || c == 0x7F
                || (c >= 0x206A && c <= 0x206F)
                || c == 0xFEFF
                || (c >= 0xFFF9 && c <= 0xFFFC);
    }

    private static Map<Integer, String> replaced() {
        Map<Integer, String> replaced = new HashMap<>();
        // The control characters U+0080 to U+009F become their Windows-1252 counterparts.
        for (int c = 0x80; c < 0xA0; c++) {
            replaced.put(c, straight(SingleByteEncoding.WINDOWS_1252.character(c)));
        }
        // Digraphs and ligatures of Latin letters, in the order of Unicode.
        String[] joined = {
            "\u0132:IJ",
            "\u0133:ij",
            "\u0149:'n",
            "\u01C4:D\u017D",
            "\u01C5:D\u017E",
            "\u01C6:d\u017E",
            "\u01C7:LJ",
            "\u01C8:Lj",
            "\u01C9:lj",
            "\u01CA:NJ",
            "\u01CB:Nj",
            "\u01CC:nj",
            "\u01F1:DZ",
            "\u01F2:Dz",
            "\u01F3:dz",
            "\uFB00:ff",
            "\uFB01:fi",
            "\uFB02:fl",
            "\uFB03:ffi",
            "\uFB04:ffl",
            "\uFB05:\u017Ft",
            "\uFB06:st"
        };
        for (String pair : joined) {
            replaced.put((int) pair.charAt(0), pair.substring(2));
        }
        // Full-width and half-width forms.
        replaced.put(0x3000, " ");
        for (char c = 0xFF01; c < 0xFFF0; c++) {
            String wide = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
            if (wide.charAt(0) != c) {
                replaced.put((int) c, wide);
            }
        }
        for (char c : "\u02BC\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F".toCharArray()) {
            replaced.put((int) c, straight(c));
        }
        return replaced;
    }

    /** Returns a curly quote as a straight one, and any other character unchanged. */
    private static String straight(char c) {
        return switch (c) {
            case '\u02BC', '\u2018', '\u2019', '\u201A', '\u201B' -> "'";
            case '\u201C', '\u201D', '\u201E', '\u201F' -> "\"";
            default -> String.valueOf(c);
        };
    }
}
