package dev.clap4j.internal.tokenizer.pattern;

import dev.clap4j.ClapException;
import java.util.function.IntPredicate;

/**
 * A regular expression that finds the leftmost match, preferring earlier alternatives, as in Perl, Python and
 * Oniguruma.
 *
 * <p>All possibilities are followed in parallel (Thompson 1968, with Pike's priorities), so the number of steps is at
 * most proportional to the length of the expression times that of the text. Texts that would take too many steps are
 * rejected. See {@link RegexParser} for the supported syntax.
 */
public final class Regex implements TextPattern {
    /** The work of about a second. */
    private static final long MOST_STEPS = 50_000_000;

    private final String source;
    private final RegexProgram program;

    private Regex(String source, RegexProgram program) {
        this.source = source;
        this.program = program;
    }

    /**
     * Compiles an expression.
     *
     * @throws ClapException if it uses an unsupported construct, is too large, or matches the empty text
     */
    public static Regex of(String source) {
        RegexNode expression = new RegexParser(source).parse();
        if (expression.canBeEmpty()) {
            throw new ClapException(
                    "the regular expression \"" + source + "\" matches the empty text, which splits nothing");
        }
        return new Regex(source, RegexProgram.of(source, expression));
    }

    @Override
    public Scan scan(String text) {
        return new Search(text);
    }

    /** The program positions reached at a text position, in order of preference, with the starts of their matches. */
    private static final class Threads {
        private final int[] places;
        private final int[] starts;
        private final int[] seen; // index in the list, by program position
        private int size;

        Threads(int length) {
            places = new int[length];
            starts = new int[length];
            seen = new int[length];
        }

        boolean add(int place, int start) {
            int at = seen[place];
            if (at < size && places[at] == place) {
                return false;
            }
            seen[place] = size;
            places[size] = place;
            starts[size++] = start;
            return true;
        }
    }

    /** A search in a text. */
    private final class Search implements Scan {
        private final String text;
        private final int[] pending;
        private Threads now;
        private Threads then;
        private int begin;
        private int end;
        private long steps;

        Search(String text) {
            this.text = text;
            this.pending = new int[2 * program.length()];
            this.now = new Threads(program.length());
            this.then = new Threads(program.length());
        }

        @Override
        public boolean next() {
            return end < text.length() && find(end);
        }

        private boolean find(int from) {
            boolean found = false;
            now.size = 0;
            int position = from;
            while (true) {
                int c = position < text.length() ? text.codePointAt(position) : RegexProgram.END;
                if (!found) {
                    follow(now, 0, position, c);
                }
                if (now.size == 0) {
                    return found;
                }
                count(now.size);
                int after = c == RegexProgram.END ? position : position + Character.charCount(c);
                int next = after < text.length() ? text.codePointAt(after) : RegexProgram.END;
                then.size = 0;
                for (int i = 0; i < now.size; i++) {
                    int place = now.places[i];
                    IntPredicate set = program.set(place);
                    if (program.isMatch(place)) {
                        found = true;
                        begin = now.starts[i];
                        end = position;
                        break; // later entries have lower preference
                    }
                    if (set != null && c != RegexProgram.END && set.test(c)) {
                        follow(then, place + 1, now.starts[i], next);
                    }
                }
                if (c == RegexProgram.END) {
                    return found;
                }
                Threads swapped = now;
                now = then;
                then = swapped;
                position = after;
            }
        }

        /** Adds a program position and all positions reached from it without consuming a character. */
        private void follow(Threads threads, int place, int start, int next) {
            int count = 0;
            pending[count++] = place;
            while (count > 0) {
                int at = pending[--count];
                if (!threads.add(at, start)) {
                    continue;
                }
                if (program.isSplit(at)) {
                    pending[count++] = program.second(at);
                    pending[count++] = program.first(at);
                } else if (program.isPeek(at) && program.peeks(at, next)) {
                    pending[count++] = at + 1;
                }
            }
        }

        private void count(int more) {
            steps += more;
            if (steps > MOST_STEPS) {
                throw new ClapException("The regular expression \"" + source + "\" takes too long on a text of "
                        + text.length() + " characters");
            }
        }

        @Override
        public int begin() {
            return begin;
        }

        @Override
        public int end() {
            return end;
        }
    }
}
