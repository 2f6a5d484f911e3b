package dev.clap4j.internal.io;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes percent escapes such as {@code %2F}. */
final class EscapedName {
    /** One character in UTF-8; may be an unpaired surrogate. */
    private static final Pattern ESCAPE = Pattern.compile("%[0-7]\\p{XDigit}"
            + "|%[CD]\\p{XDigit}%[89AB]\\p{XDigit}"
            + "|%E\\p{XDigit}(?:%[89AB]\\p{XDigit}){2}"
            + "|%F[0-4](?:%[89AB]\\p{XDigit}){3}");

    private EscapedName() {}

    static String decode(String text) {
        return text.equals("%")
                ? ""
                : ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(character(escape)));
    }

    private static String character(MatchResult escape) {
        String digits = escape.group().replace("%", "");
        int bytes = digits.length() / 2;
        int first = Integer.parseInt(digits.substring(0, 2), 16);
        int c = bytes == 1 ? first : first & (0xFF >> (bytes + 1));
        for (int i = 1; i < bytes; i++) {
            c = c << 6 | (Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16) & 0x3F);
        }
        return Character.isValidCodePoint(c) ? Character.toString(c) : escape.group();
    }
}
