package dev.clap4j.internal.tokenizer.cleaning;

import dev.clap4j.internal.tokenizer.unicode.Characters;

/** Methods of Python's {@code str}, whose white space is Unicode's plus the separators U+001C to U+001F. */
final class PythonText {
    private PythonText() {}

    static boolean isSpace(int c) {
        return Characters.isSpace(c) || (c >= 0x1C && c <= 0x1F);
    }

    /** {@code text.strip()}. */
    static String strip(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isSpace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    /** {@code " ".join(text.split())}: the words separated by single spaces. */
    static String joinWords(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                space = true;
                continue;
            }
            if (space && !result.isEmpty()) {
                result.append(' ');
            }
            space = false;
            result.append(c);
        }
        return result.toString();
    }
}
