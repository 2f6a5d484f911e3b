package dev.clap4j.cli;

import dev.clap4j.ClapException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern of paths: {@code *} stands for any characters but a slash, {@code **} for any, {@code ?} for one, {@code [a-z]} and
 * {@code [!a-z]} for one of some or of all others, {@code {a,b}} for either; a backslash takes its meaning from a sign.
 *
 * <p>It is matched as a finite automaton that is in all possible states at once (Thompson, 1968), so that the work grows with
 * the product of both lengths, whatever the pattern.
 */
final class PathPattern {
    /** A state: it can pass into others at once, or by a character into the next. */
    private record State(IntPredicate character, List<Integer> others) {
        static State reads(IntPredicate character) {
            return new State(character, List.of());
        }

        static State passes(List<Integer> others) {
            return new State(c -> false, others);
        }
    }

    private final String text;
    private final List<State> states = new ArrayList<>();
    private int place;

    private PathPattern(String text) {
        this.text = text;
    }

    /**
     * Reads a pattern.
     *
     * @throws ClapException if a bracket or brace is not closed, braces stand within braces, or nothing follows a backslash
     */
    static PathPattern parse(String text) {
        PathPattern pattern = new PathPattern(text);
        while (pattern.place < text.length()) {
            if (pattern.peek() == '{') {
                pattern.place++;
                pattern.braces();
            } else {
                pattern.sign();
            }
        }
        return pattern;
    }

    /** Returns whether a path, with slashes, matches as a whole. */
    boolean matches(String path) {
        return after(path).get(states.size());
    }

    /** Returns whether a path below this folder could match. */
    boolean mayMatchWithin(String folder) {
        return !after(folder + "/").isEmpty();
    }

    /** The states after a text; the last, which no character leaves, is the end. */
    private BitSet after(String path) {
        BitSet now = new BitSet();
        enter(0, now);
        for (int c : path.codePoints().toArray()) {
            BitSet next = new BitSet();
            now.stream()
                    .filter(state ->
                            state < states.size() && states.get(state).character.test(c))
                    .forEach(state -> enter(following(state), next));
            now = next;
        }
        return now;
    }

    /** Stars go round: their character leads back to where they branch. */
    private int following(int state) {
        List<Integer> others = states.get(state).others;
        return others.isEmpty() ? state + 1 : state;
    }

    /** Adds a state and all it passes into. */
    private void enter(int first, BitSet entered) {
        Deque<Integer> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            int state = open.pop();
            if (!entered.get(state)) {
                entered.set(state);
                if (state < states.size()) {
                    states.get(state).others.forEach(open::push);
                }
            }
        }
    }

    private int peek() {
        return text.codePointAt(place);
    }

    private int next() {
        int c = peek();
        place += Character.charCount(c);
        return c;
    }

    private boolean accepts(char c) {
        boolean there = place < text.length() && text.charAt(place) == c;
        place += there ? 1 : 0;
        return there;
    }

    private void sign() {
        int c = next();
        switch (c) {
            case '*' -> {
                boolean anywhere = accepts('*');
                states.add(new State(each -> anywhere || each != '/', List.of(states.size() + 1)));
            }
            case '?' -> states.add(State.reads(each -> each != '/'));
            case '[' -> states.add(State.reads(bracket()));
            case '\\' -> literal(escaped());
            default -> literal(c);
        }
    }

    private void literal(int c) {
        states.add(State.reads(each -> each == c));
    }

    private int escaped() {
        if (place == text.length()) {
            throw malformed("nothing follows the backslash at its end");
        }
        return next();
    }

    private IntPredicate bracket() {
        boolean others = accepts('!');
        IntPredicate set = c -> false;
        boolean first = true;
        while (first || !accepts(']')) {
            if (place == text.length()) {
                throw malformed("a [ is not closed");
            }
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

    /** A fork into the alternatives; each ends by passing to what follows. */
    private void braces() {
        int fork = states.size();
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        states.add(State.passes(starts));
        starts.add(states.size());
        while (!accepts('}')) {
            if (place == text.length()) {
                throw malformed("a { is not closed");
            }
            if (peek() == '{') {
                throw malformed("braces cannot stand within braces");
            }
            if (accepts(',')) {
                ends.add(states.size());
                states.add(State.passes(List.of()));
                starts.add(states.size());
            } else {
                sign();
            }
        }
        ends.forEach(end -> states.set(end, State.passes(List.of(states.size()))));
        states.set(fork, State.passes(List.copyOf(starts)));
    }

    private ClapException malformed(String why) {
        return new ClapException("The pattern " + text + " is malformed: " + why);
    }
}
