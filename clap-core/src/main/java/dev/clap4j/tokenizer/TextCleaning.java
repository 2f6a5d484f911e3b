package dev.clap4j.tokenizer;

/**
 * What CLIP's reference implementation does to a text before it is split: HTML references replaced twice, white space
 * collapsed and trimmed, lower case.
 *
 * <p>The reference runs ftfy first, which mends broken encodings (mojibake), and which this does not: it would also
 * turn curly quotes into straight ones, unfold ligatures and full-width letters, compose combining marks (NFC), and
 * remove control characters and byte order marks. Ordinary prompts are the same with and without.
 *
 * <p>White space and letter case are Python's, which differ from Java's in a few characters; see the methods.
 */
final class TextCleaning {
    private TextCleaning() {}

    /** The cleaned text. */
    static String clean(String text) {
        String unescaped = HtmlEntities.unescape(HtmlEntities.unescape(text));
        return lower(strip(collapse(strip(unescaped))));
    }

    /** Unicode's White_Space, the set that {@code \s} means in the reference's regular expressions. */
    static boolean isSpace(int c) {
        return (c >= 0x09 && c <= 0x0D)
                || c == ' '
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** Without white space at both ends; Python counts the separators U+001C to U+001F as white space here. */
    private static String strip(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isStripped(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isStripped(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isStripped(char c) {
        return isSpace(c) || (c >= 0x1C && c <= 0x1F);
    }

    private static String collapse(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isSpace(c)) {
                result.append(c);
            } else if (!space) {
                result.append(' ');
            }
            space = isSpace(c);
        }
        return result.toString();
    }

    /**
     * Lower case by Unicode's rules for no particular language: U+0130 becomes two characters, and a capital sigma
     * that ends a word becomes a final one. Java's own rule decides where a word ends by its word breaker, Python's by
     * the letters around; hence this.
     */
    private static String lower(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < points.length; i++) {
            switch (points[i]) {
                case 0x130 -> result.append("i\u0307");
                case 0x3A3 -> result.append(isFinal(points, i) ? '\u03C2' : '\u03C3');
                default -> result.appendCodePoint(Character.toLowerCase(points[i]));
            }
        }
        return result.toString();
    }

    /** Unicode's Final_Sigma: a cased letter before and none after, whatever case-ignorable characters lie between. */
    private static boolean isFinal(int[] points, int sigma) {
        int before = sigma - 1;
        while (before >= 0 && isCaseIgnorable(points[before])) {
            before--;
        }
        int after = sigma + 1;
        while (after < points.length && isCaseIgnorable(points[after])) {
            after++;
        }
        return before >= 0 && isCased(points[before]) && (after == points.length || !isCased(points[after]));
    }

    private static boolean isCased(int c) {
        return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
    }

    private static boolean isCaseIgnorable(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default ->
                "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A".indexOf(c)
                        >= 0;
        };
    }
}
