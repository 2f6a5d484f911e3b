package dev.clap4j.fuzz.mutation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Mutations of text: boundary values, words with a meaning, rarely considered Unicode. */
final class Texts implements Mutation {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    /** Short, but exponentially long when its aliases are expanded. */
    private static final String LAUGHS = """
            a: &a [x, x, x, x, x, x, x, x]
            b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
            c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
            d: &d [*c, *c, *c, *c, *c, *c, *c, *c]
            e: &e [*d, *d, *d, *d, *d, *d, *d, *d]
            f: &f [*e, *e, *e, *e, *e, *e, *e, *e]
            """;

    private static final List<String> SNIPPETS = List.of(
            "\uFEFF",
            "\0",
            "\r",
            "\n",
            "\r\n",
            "\t",
            "\u2028",
            "\u202E",
            "\u200D",
            "e\u0301\u0301\u0301",
            "\uD83D\uDC69\u200D\uD83D\uDE80",
            "\uDBFF\uDFFF",
            "\u0130",
            "ﬁ",
            "＜",
            "&amp;amp;#0;",
            "&#x110000;",
            "<|endoftext|>",
            "\u001B[2J",
            "../../../etc/passwd",
            "/dev/zero",
            "C:\\nul",
            "%s%n",
            "\"",
            "'",
            "\\",
            "{}",
            "[]",
            ",",
            ":",
            "#",
            "- ",
            "null",
            "true",
            "NaN",
            "Infinity",
            "-0",
            "1e999999999",
            "0x7fffffffffffffff",
            "!!java.net.URL [x]",
            "!!binary |",
            "&a [*a, *a]",
            "<<: *a",
            LAUGHS,
            "(a+)+$",
            "(?:",
            "(?i)",
            "(?=x)|(?<!y)",
            "\\p{",
            "\\P{Lu}",
            "[^\\s-z]",
            "{1000000}",
            "{2,1}",
            "*+?",
            "|",
            "--- \n",
            "? ");

    private static final List<String> NESTING = List.of("[", "{\"a\":", "(", "{", "&", "<", "-", "- ", "\u0301", "a ");

    @Override
    public byte[] apply(byte[] content, Chance chance) {
        if (chance.oneIn(4)) {
            return Mutations.BYTES.apply(content, chance);
        }
        return change(new String(content, StandardCharsets.UTF_8), chance).getBytes(StandardCharsets.UTF_8);
    }

    static String change(String text, Chance chance) {
        int at = text.offsetByCodePoints(0, chance.below(text.codePointCount(0, text.length()) + 1));
        return switch (chance.below(6)) {
            case 0, 1 -> number(text, chance);
            case 2 -> insert(text, at, chance.pick(SNIPPETS));
            case 3 -> insert(text, at, chance.pick(NESTING).repeat(chance.count(20_000)));
            case 4 -> insert(text, at, Character.toString(scalar(chance)));
            default -> text.substring(at) + text.substring(0, at);
        };
    }

    private static String insert(String text, int at, String inserted) {
        return text.length() > MAX_BYTES ? text : text.substring(0, at) + inserted + text.substring(at);
    }

    private static int scalar(Chance chance) {
        int point = chance.below(chance.oneIn(2) ? 0x3000 : Character.MAX_CODE_POINT + 1);
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point;
    }

    private static String number(String text, Chance chance) {
        List<MatchResult> numbers = NUMBER.matcher(text).results().toList();
        if (numbers.isEmpty()) {
            return insert(text, 0, number(chance));
        }
        MatchResult chosen = chance.pick(numbers);
        return text.substring(0, chosen.start()) + number(chance) + text.substring(chosen.end());
    }

    /** Returns a number that is hard to parse or to use. */
    static String number(Chance chance) {
        return switch (chance.below(6)) {
            case 0 -> chance.pick("1e400", "-1e400", "1e-400", "1e999999999", "0.1e1", "-0", "00", "1.", ".5", "+1");
            case 1 -> "9".repeat(chance.count(5_000));
            case 2 -> chance.boundary() + "." + chance.below(1000);
            default -> Long.toString(chance.boundary());
        };
    }
}
