package dev.clap4j.internal.tokenizer.pattern;

import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Named sets of characters in regular expressions: Unicode's general categories and scripts. */
final class CharacterSets {
    private static final Map<String, Integer> CATEGORIES = new HashMap<>();

    static {
        String[] names = {
            "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "", "Zs", "Zl", "Zp", "Cc", "Cf",
            "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
        };
        for (int category = 0; category < names.length; category++) {
            CATEGORIES.merge(names[category], 1 << category, (a, b) -> a | b);
            if (!names[category].isEmpty()) {
                CATEGORIES.merge(names[category].substring(0, 1), 1 << category, (a, b) -> a | b);
            }
        }
        CATEGORIES.remove("");
    }

    private CharacterSets() {}

    /** Returns the set of a property such as {@code L}, {@code Lu} or {@code Han}. */
    static Optional<IntPredicate> property(String name) {
        if (name.equals("L")) {
            return Optional.of(Characters::isLetter);
        }
        if (name.equals("N")) {
            return Optional.of(Characters::isNumber);
        }
        Integer categories = CATEGORIES.get(name);
        if (categories != null) {
            int wanted = categories;
            return Optional.of(c -> ((wanted >> Character.getType(c)) & 1) != 0);
        }
        try {
            Character.UnicodeScript script = Character.UnicodeScript.forName(name);
            return Optional.of(c -> Character.UnicodeScript.of(c) == script);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the set of an escaped letter: {@code s}, {@code d}, {@code w}, or the complement for a capital. */
    static Optional<IntPredicate> shorthand(char letter) {
        IntPredicate set =
                switch (Character.toLowerCase(letter)) {
                    case 's' -> Characters::isSpace;
                    case 'd' -> Characters::isDigit;
                    // Oniguruma includes Latin-1's superscript digits and fractions.
                    case 'w' -> c -> Characters.isWord(c) || "\u00B2\u00B3\u00B9\u00BC\u00BD\u00BE".indexOf(c) >= 0;
                    default -> null;
                };
        return Optional.ofNullable(set).map(found -> Character.isUpperCase(letter) ? found.negate() : found);
    }

    /** Returns the character meant by an escaped letter or sign, or -1. */
    static int escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0B;
            case 'a' -> 0x07;
            case 'e' -> 0x1B;
            default -> c >= ' ' && c < 0x7F && !Character.isLetterOrDigit(c) ? c : -1;
        };
    }

    /** Returns a set extended by the other cases of its characters. */
    static IntPredicate inAnyCase(IntPredicate set) {
        return c -> {
            int upper = Character.toUpperCase(c);
            return set.test(c)
                    || set.test(upper)
                    || set.test(Character.toLowerCase(c))
                    || set.test(Character.toLowerCase(upper));
        };
    }
}
