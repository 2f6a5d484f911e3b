package dev.clap4j.internal.tokenizer.cleaning;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes HTML character references, with the results of Python's {@code html.unescape}.
 *
 * <p>Named references are those of HTML 5, with the longest known prefix if the semicolon is missing; numeric ones
 * follow HTML 5's rules for invalid numbers, except that references to control characters and noncharacters are
 * removed.
 */
final class HtmlEntities {
    private static final Pattern REFERENCE =
            Pattern.compile("&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\\t\\n\\f <&#;]{1,32};?)");

    private static final Map<String, String> NAMED = load();

    private static final Pattern UNAMBIGUOUS = Pattern.compile("&(#?[0-9A-Za-z]{1,24};)");

    /** Names in capitals that HTML does not define, but that can only mean the lower-case name. */
    private static final Map<String, String> CAPITALS = capitals();

    private HtmlEntities() {}

    /** Replaces every character reference, once. */
    static String unescape(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String body = matcher.group(1);
            matcher.appendReplacement(
                    result, Matcher.quoteReplacement(body.charAt(0) == '#' ? numeric(body) : named(body)));
        }
        return matcher.appendTail(result).toString();
    }

    /** Replaces unambiguous references, once: named ones with a semicolon, even in capitals, and numeric ones. */
    static String unescapeUnambiguous(String text) {
        return text.indexOf('&') < 0
                ? text
                : UNAMBIGUOUS.matcher(text).replaceAll(match -> Matcher.quoteReplacement(unambiguous(match.group(1))));
    }

    private static String unambiguous(String body) {
        if (body.charAt(0) == '#') {
            String character = REFERENCE.matcher("&" + body).matches() ? numeric(body) : ";";
            return character.equals(";") ? "&" + body : character;
        }
        String character = NAMED.get(body);
        return character == null ? CAPITALS.getOrDefault(body, "&" + body) : character;
    }

    private static String numeric(String body) {
        boolean hex = body.charAt(1) == 'x' || body.charAt(1) == 'X';
        int radix = hex ? 16 : 10;
        int number = 0;
        for (int i = hex ? 2 : 1; i < body.length() && body.charAt(i) != ';'; i++) {
            // Saturates just above the last code point, so that the number cannot overflow.
            number = Math.min(number * radix + Character.digit(body.charAt(i), radix), 0x110000);
        }
        if (number == '\r') {
            return "\r";
        }
        if (number >= 0x80 && number <= 0x9F) {
            return String.valueOf(SingleByteEncoding.WINDOWS_1252.character(number));
        }
        if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) {
            return "\uFFFD";
        }
        return isDropped(number) ? "" : Character.toString(number);
    }

    private static boolean isDropped(int c) {
        boolean control = c < 0x20 ? c != '\t' && c != '\n' && c != '\f' : c == 0x7F;
        return control || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    }

    private static String named(String body) {
        String whole = NAMED.get(body);
        if (whole != null) {
            return whole;
        }
        for (int end = body.length() - 1; end > 1; end--) {
            String prefix = NAMED.get(body.substring(0, end));
            if (prefix != null) {
                return prefix + body.substring(end);
            }
        }
        return "&" + body;
    }

    private static Map<String, String> capitals() {
        Map<String, String> capitals = new HashMap<>();
        NAMED.forEach((name, character) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            boolean lower = name.equals(name.toLowerCase(Locale.ROOT)) && name.endsWith(";");
            if (lower && unescape("&" + upper).equals("&" + upper)) {
                capitals.put(upper, character.toUpperCase(Locale.ROOT));
            }
        });
        return capitals;
    }

    private static Map<String, String> load() {
        Map<String, String> named = new HashMap<>(4500);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                HtmlEntities.class.getResourceAsStream("html5-entities.txt"), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] fields = line.split(" ", -1);
                StringBuilder characters = new StringBuilder();
                for (int i = 1; i < fields.length; i++) {
                    characters.appendCodePoint(Integer.parseInt(fields[i], 16));
                }
                named.put(fields[0], characters.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return named;
    }
}
