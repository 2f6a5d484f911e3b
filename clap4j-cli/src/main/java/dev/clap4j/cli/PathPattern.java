package dev.clap4j.cli;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern of paths: {@code *} stands for any characters but a slash, {@code **} for any, {@code ?} for one, {@code [a-z]} and
 * {@code [!a-z]} for one of some or of all others, {@code {a,b}} for either; a backslash takes its meaning from a sign.
 *
 * <p>Each part leads from the set of places where it may begin to the set of those where it may end, so that the work grows
 * with the product of both lengths, whatever the pattern.
 */
final class PathPattern {
    private final String text;
    private final Part whole;
    private int place;

    /** A part of a pattern: from the places in a path where it may begin to those where it may end. */
    @FunctionalInterface
    private interface Part {
        BitSet ends(Signs signs, BitSet starts);
    }

    /** The characters of a path; if it goes on, anything may follow, so that whatever comes to their end may stay there. */
    private record Signs(int[] all, boolean goesOn) {}

    /**
     * Reads a pattern.
     *
     * @throws ClapException if a bracket or brace is not closed, braces stand within braces, or nothing follows a backslash
     */
    static PathPattern parse(String text) {
        return new PathPattern(text);
    }

    private PathPattern(String text) {
        this.text = text;
        List<Part> parts = new ArrayList<>();
        while (place < text.length()) {
            parts.add(accepts('{') ? braces() : sign());
        }
        this.whole = sequence(parts);
    }

    /** Returns whether a path, with slashes, matches as a whole. */
    boolean matches(String path) {
        return matches(path, false);
    }

    /** Returns whether a path below this folder could match. */
    boolean mayMatchWithin(String folder) {
        return matches(folder + "/", true);
    }

    private boolean matches(String path, boolean goesOn) {
        Signs signs = new Signs(path.codePoints().toArray(), goesOn);
        BitSet begin = new BitSet();
        begin.set(0);
        return whole.ends(signs, begin).get(signs.all.length);
    }

    /** One sign of some, or any number of them. */
    private static Part signs(IntPredicate some, boolean anyNumber) {
        return (signs, starts) -> {
            int end = signs.all.length;
            BitSet ends = anyNumber ? (BitSet) starts.clone() : new BitSet();
            for (int i = 0; i < end; i++) {
                if ((anyNumber ? ends : starts).get(i) && some.test(signs.all[i])) {
                    ends.set(i + 1);
                }
            }
            if (signs.goesOn && starts.get(end)) {
                ends.set(end);
            }
            return ends;
        };
    }

    private static Part sequence(List<Part> parts) {
        return (signs, starts) -> {
            BitSet places = starts;
            for (Part part : parts) {
                places = part.ends(signs, places);
            }
            return places;
        };
    }

    private static Part either(List<Part> parts) {
        return (signs, starts) -> {
            BitSet ends = new BitSet();
            parts.forEach(part -> ends.or(part.ends(signs, starts)));
            return ends;
        };
    }

    private int next() {
        int c = text.codePointAt(place);
        place += Character.charCount(c);
        return c;
    }

    private boolean accepts(char c) {
        boolean there = place < text.length() && text.charAt(place) == c;
        place += there ? 1 : 0;
        return there;
    }

    private Part sign() {
        int c = next();
        return switch (c) {
            case '*' -> accepts('*') ? signs(each -> true, true) : signs(each -> each != '/', true);
            case '?' -> signs(each -> each != '/', false);
            case '[' -> signs(bracket(), false);
            case '\\' -> literal(escaped());
            default -> literal(c);
        };
    }

    private static Part literal(int c) {
        return signs(each -> each == c, false);
    }

    private int escaped() {
        require(place < text.length(), "nothing follows the backslash at its end");
        return next();
    }

    private IntPredicate bracket() {
        boolean others = accepts('!');
        IntPredicate set = c -> false;
        boolean first = true;
        while (first || !accepts(']')) {
            require(place < text.length(), "a [ is not closed");
            int from = next();
            boolean range = place + 1 < text.length() && text.charAt(place) == '-' && text.charAt(place + 1) != ']';
            place += range ? 1 : 0;
            int to = range ? next() : from;
            set = set.or(c -> from <= c && c <= to);
            first = false;
        }
        IntPredicate listed = set;
        return c -> c != '/' && listed.test(c) != others;
    }

    private Part braces() {
        List<Part> alternatives = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        while (!accepts('}')) {
            require(place < text.length(), "a { is not closed");
            require(text.charAt(place) != '{', "braces cannot stand within braces");
            if (accepts(',')) {
                alternatives.add(sequence(List.copyOf(parts)));
                parts.clear();
            } else {
                parts.add(sign());
            }
        }
        alternatives.add(sequence(parts));
        return either(alternatives);
    }

    private void require(boolean met, String fault) {
        if (!met) {
            throw new ClapException("The pattern " + text + " is malformed: " + fault);
        }
    }
}
