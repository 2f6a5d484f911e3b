package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.ClapException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * A unigram language model (Kudo 2018): the segmentation of a piece whose tokens have the highest sum of scores, found
 * by Viterbi's algorithm.
 */
public final class Unigram implements Model {
    /** The difference between the lowest score of a token and the score of an unknown character. */
    private static final double UNKNOWN_PENALTY = 10;

    /** A limit far above the length of any real token, as every position of a text takes so many steps. */
    private static final int LONGEST = 256;

    /** Marks an unknown character. */
    private static final int UNKNOWN = -1;

    private final Prefixes contents;
    private final Scored[] tokens; // in the order of the contents
    private final double unknownScore;
    private final Options options;

    /**
     * A token.
     *
     * @param score the logarithm of its probability
     */
    public record Scored(String content, int id, double score) {}

    /**
     * The treatment of unknown characters, of which adjacent ones form one piece.
     *
     * @param lowest the lowest score of the vocabulary, from which that of unknown characters follows
     * @param unknown the token of such a piece; if empty, it is dropped
     * @param bytes the ids of the 256 bytes that such a piece becomes; empty if it does not
     */
    public record Options(double lowest, OptionalInt unknown, int[] bytes) {}

    /**
     * Creates a model.
     *
     * @param tokens the tokens that may be found in a text, distinct; an empty one is never found
     */
    public Unigram(List<Scored> tokens, Options options) {
        this.tokens = tokens.stream()
                .filter(token -> !token.content.isEmpty())
                .sorted(Comparator.comparing(Scored::content))
                .toArray(Scored[]::new);
        this.contents =
                new Prefixes(Arrays.stream(this.tokens).map(Scored::content).toList());
        this.unknownScore = options.lowest - UNKNOWN_PENALTY;
        this.options = options;
    }

    /**
     * Checks the length of a token.
     *
     * @throws ClapException if it is too long
     */
    public static void requireLength(Path file, String content) {
        if (content.length() > LONGEST) {
            throw new ClapException("The vocabulary " + file + " has a piece of " + content.length()
                    + " characters; the limit is " + LONGEST);
        }
    }

    @Override
    public int[] ids(String piece) {
        Lattice lattice = new Lattice(piece);
        int next;
        for (int begin = 0; begin < piece.length(); begin = next) {
            next = begin + Character.charCount(piece.codePointAt(begin));
            lattice.advance(begin, next);
        }
        return ids(piece, lattice);
    }

    /** The best segmentation up to every position. */
    private final class Lattice {
        private final String piece;
        private final double[] best;
        private final int[] begins; // of the last token
        private final int[] last; // the last token, or UNKNOWN

        Lattice(String piece) {
            this.piece = piece;
            best = new double[piece.length() + 1];
            begins = new int[piece.length() + 1];
            last = new int[piece.length() + 1];
            Arrays.fill(begins, -1);
        }

        /** Adds the tokens that begin at a position. If none of them is the character there, that is unknown. */
        void advance(int begin, int next) {
            boolean[] known = {false};
            contents.forEach(piece, begin, token -> {
                int end = begin + contents.length(token);
                known[0] |= end == next;
                offer(begin, end, token, tokens[token].score);
            });
            if (!known[0]) {
                offer(begin, next, UNKNOWN, unknownScore);
            }
        }

        private void offer(int begin, int end, int token, double score) {
            double total = best[begin] + score;
            if (begins[end] < 0 || total > best[end]) {
                best[end] = total;
                begins[end] = begin;
                last[end] = token;
            }
        }
    }

    private int[] ids(String piece, Lattice lattice) {
        Ids backwards = new Ids();
        for (int end = piece.length(); end > 0; ) {
            int begin = lattice.begins[end];
            if (isUnknown(lattice.last[end])) {
                while (begin > 0 && isUnknown(lattice.last[begin])) {
                    begin = lattice.begins[begin];
                }
                addUnknown(piece.substring(begin, end), backwards);
            } else {
                backwards.add(tokens[lattice.last[end]].id);
            }
            end = begin;
        }
        return backwards.reversed();
    }

    /** Returns whether a token is none, or the spelling of the unknown token, which counts as unknown, too. */
    private boolean isUnknown(int token) {
        return token == UNKNOWN || (options.unknown.isPresent() && tokens[token].id == options.unknown.getAsInt());
    }

    private void addUnknown(String unknown, Ids backwards) {
        boolean spelled = contents.isWhole(unknown);
        if (spelled || options.bytes.length == 0) {
            options.unknown.ifPresent(backwards::add);
            return;
        }
        byte[] bytes = unknown.getBytes(StandardCharsets.UTF_8);
        for (int i = bytes.length - 1; i >= 0; i--) {
            backwards.add(options.bytes[bytes[i] & 0xFF]);
        }
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder(
                "unigram " + options.lowest + " " + options.unknown + " " + Arrays.toString(options.bytes));
        for (Scored token : tokens) {
            text.append('\n').append(token.id).append(' ').append(token.score);
        }
        return text.toString();
    }
}
