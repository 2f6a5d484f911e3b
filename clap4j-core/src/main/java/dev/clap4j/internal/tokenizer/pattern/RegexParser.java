package dev.clap4j.internal.tokenizer.pattern;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Parser of regular expressions in Oniguruma's syntax, as used in {@code tokenizer.json} files.
 *
 * <p>Supported are characters, {@code .}, classes and {@link CharacterSets properties}; alternatives; groups {@code
 * (…)}, {@code (?:…)} and {@code (?i:…)}; the quantifiers {@code * + ? {n} {n,} {n,m}}, greedy or lazy; and look-ahead
 * {@code (?=.)} or {@code (?!.)} of a single character, class or property. Other constructs are rejected: anchors,
 * references, atomic groups, possessive quantifiers, look-behind.
 */
final class RegexParser {
    private static final int MOST_CHARACTERS = 2000;
    private static final int MOST_DEPTH = 50;
    private static final int MOST_TIMES = 1000;

    private final String source;
    private int position;
    private int depth;
    private boolean ignoreCase;

    RegexParser(String source) {
        this.source = source;
    }

    /** Parses the whole expression. */
    RegexNode parse() {
        if (source.length() > MOST_CHARACTERS) {
            throw new ClapException(
                    "a regular expression has " + source.length() + " characters; the limit is " + MOST_CHARACTERS);
        }
        RegexNode node = alternatives();
        if (position < source.length()) {
            throw unsupported("a closing parenthesis without an opening one");
        }
        return node;
    }

    private RegexNode alternatives() {
        List<RegexNode> alternatives = new ArrayList<>();
        alternatives.add(chain());
        while (take("|")) {
            alternatives.add(chain());
        }
        return new RegexNode.Choice(alternatives);
    }

    private RegexNode chain() {
        List<RegexNode> parts = new ArrayList<>();
        while (position < source.length() && peek() != '|' && peek() != ')') {
            RegexNode part = part();
            parts.add(part instanceof RegexNode.Peek ? part : quantified(part));
        }
        return new RegexNode.Chain(parts);
    }

    private RegexNode part() {
        if (take("(?=")) {
            return look(false);
        }
        if (take("(?!")) {
            return look(true);
        }
        if (take("(?i:")) {
            boolean outside = ignoreCase;
            ignoreCase = true;
            RegexNode group = group();
            ignoreCase = outside;
            return group;
        }
        if (take("(?:")) {
            return group();
        }
        if (peekIs("(?")) {
            throw unsupported("a group with \"(?\"");
        }
        return take("(") ? group() : new RegexNode.One(set());
    }

    private RegexNode group() {
        if (++depth > MOST_DEPTH) {
            throw unsupported("more than " + MOST_DEPTH + " groups within one another");
        }
        RegexNode inside = alternatives();
        expect(")");
        depth--;
        return inside;
    }

    private RegexNode look(boolean negated) {
        if (position == source.length() || "()|*+?{".indexOf(peek()) >= 0) {
            throw unsupported("a look-ahead for more than one character");
        }
        IntPredicate set = set();
        if (position == source.length() || peek() != ')') {
            throw unsupported("a look-ahead for more than one character");
        }
        position++;
        return new RegexNode.Peek(set, negated);
    }

    private IntPredicate set() {
        char c = peek();
        if (c == '[') {
            position++;
            return characterClass();
        }
        if (c == '.') {
            position++;
            return any -> any != '\n';
        }
        if (c == '\\') {
            position++;
            return escape();
        }
        if ("*+?^$".indexOf(c) >= 0 || (c == '{' && isCount())) {
            throw unsupported("\"" + c + "\" here");
        }
        return inCase(codePoint());
    }

    private IntPredicate inCase(int literal) {
        IntPredicate set = c -> c == literal;
        return ignoreCase ? CharacterSets.inAnyCase(set) : set;
    }

    private IntPredicate characterClass() {
        boolean negated = take("^");
        List<IntPredicate> sets = new ArrayList<>();
        do {
            if (position == source.length() || peek() == '[' || peekIs("&&") || (sets.isEmpty() && peek() == ']')) {
                throw unsupported("such a character class");
            }
            sets.add(member());
        } while (!take("]"));
        IntPredicate any = c -> sets.stream().anyMatch(set -> set.test(c));
        IntPredicate union = ignoreCase ? CharacterSets.inAnyCase(any) : any;
        return negated ? union.negate() : union;
    }

    private IntPredicate member() {
        int escaped = peek() == '\\' ? escapedCharacter() : codePoint();
        if (escaped < 0) {
            return escape();
        }
        if (position + 1 >= source.length() || peek() != '-' || source.charAt(position + 1) == ']') {
            return c -> c == escaped;
        }
        position++;
        int last = peek() == '\\' ? escapedCharacter() : codePoint();
        if (last < escaped) {
            throw unsupported("a range whose end is not a character, or is before its start,");
        }
        return c -> c >= escaped && c <= last;
    }

    /** Parses an escaped character in a class; returns -1, with the position after the backslash, if it is a set. */
    private int escapedCharacter() {
        position++;
        int c = position < source.length() ? CharacterSets.escaped(source.charAt(position)) : -1;
        if (c >= 0) {
            position++;
            return c;
        }
        return peekIs("x") || peekIs("u") ? hexadecimal() : -1;
    }

    /** Parses the rest of an escape, after the backslash. */
    private IntPredicate escape() {
        if (position == source.length()) {
            throw unsupported("a backslash at the end");
        }
        char c = peek();
        if (c == 'p' || c == 'P') {
            position++;
            return property(c == 'P');
        }
        int literal = c == 'x' || c == 'u' ? hexadecimal() : CharacterSets.escaped(c);
        if (literal >= 0) {
            position += c == 'x' || c == 'u' ? 0 : 1;
            return inCase(literal);
        }
        IntPredicate set = CharacterSets.shorthand(c).orElseThrow(() -> unsupported("\"\\" + c + "\""));
        position++;
        return set;
    }

    private IntPredicate property(boolean upper) {
        expect("{");
        boolean negated = take("^") != upper;
        int end = source.indexOf('}', position);
        String name = end < 0 ? "" : source.substring(position, end);
        IntPredicate set = CharacterSets.property(name).orElseThrow(() -> unsupported("the property \"" + name + "\""));
        position = end + 1;
        return negated ? set.negate() : set;
    }

    private int hexadecimal() {
        boolean braces = source.startsWith("x{", position);
        int begin = position + (braces ? 2 : 1);
        int end = braces ? source.indexOf('}', begin) : begin + (peek() == 'x' ? 2 : 4);
        String digits = end < begin || end > source.length() ? "" : source.substring(begin, end);
        if (!digits.matches("[0-9A-Fa-f]{1,6}") || Integer.parseInt(digits, 16) > Character.MAX_CODE_POINT) {
            throw unsupported("such a character code");
        }
        position = end + (braces ? 1 : 0);
        return Integer.parseInt(digits, 16);
    }

    private RegexNode quantified(RegexNode part) {
        int least;
        int most = RegexNode.Repeat.UNLIMITED;
        if (take("*")) {
            least = 0;
        } else if (take("+")) {
            least = 1;
        } else if (take("?")) {
            least = 0;
            most = 1;
        } else if (position < source.length() && peek() == '{' && isCount()) {
            int end = source.indexOf('}', position);
            String[] times = source.substring(position + 1, end).split(",", -1);
            least = times[0].isEmpty() ? 0 : times(times[0]);
            most = times.length == 1 ? least : times[1].isEmpty() ? most : times(times[1]);
            position = end + 1;
        } else {
            return part;
        }
        if (part.canBeEmpty()) {
            throw unsupported("a quantifier of something that can be empty");
        }
        if (most < least) {
            throw unsupported("a quantifier whose maximum is below its minimum");
        }
        boolean lazy = take("?");
        if (position < source.length() && ("*+?".indexOf(peek()) >= 0 || (peek() == '{' && isCount()))) {
            throw unsupported("a quantifier of a quantifier, or a possessive one,");
        }
        return most == 0 ? new RegexNode.Chain(List.of()) : new RegexNode.Repeat(part, least, most, lazy);
    }

    /** Returns whether a brace starts a quantifier; otherwise it stands for itself. */
    private boolean isCount() {
        int end = source.indexOf('}', position);
        return end > 0 && source.substring(position + 1, end).matches("[0-9]+(,[0-9]*)?|,[0-9]+");
    }

    private int times(String digits) {
        if (digits.length() > 4 || Integer.parseInt(digits) > MOST_TIMES) {
            throw unsupported("a quantifier above " + MOST_TIMES);
        }
        return Integer.parseInt(digits);
    }

    private char peek() {
        return source.charAt(position);
    }

    private boolean peekIs(String what) {
        return source.startsWith(what, position);
    }

    private int codePoint() {
        int c = source.codePointAt(position);
        position += Character.charCount(c);
        return c;
    }

    private boolean take(String what) {
        boolean here = peekIs(what);
        position += here ? what.length() : 0;
        return here;
    }

    private void expect(String what) {
        if (!take(what)) {
            throw unsupported("no \"" + what + "\" where one is needed");
        }
    }

    private ClapException unsupported(String what) {
        return new ClapException("the regular expression \"" + source + "\" has " + what + " at position " + position
                + ", which is not supported");
    }
}
