package dev.clap4j.internal.tokenizer;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import dev.clap4j.internal.tokenizer.pattern.ClipWords;
import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import dev.clap4j.internal.tokenizer.pipeline.Merge;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Learns a byte-level BPE vocabulary of CLIP's kind from texts (byte pair encoding, Sennrich et al. 2016).
 *
 * <p>Texts are cleaned and split into words as in {@link ClipTokenizer}. Then the most frequent pair of adjacent tokens
 * is merged repeatedly; ties are broken alphabetically. All 256 bytes are tokens, both within a word and at its end, so
 * the result can encode any text.
 */
public final class BpeTrainer {
    /** The bytes, the bytes that end a word, and the start and end tokens. */
    private static final int LEAST_SIZE = 2 * 256 + 2;

    private static final TextPattern WORDS = new ClipWords(List.of(), true);

    private final Map<String, Long> counts = new TreeMap<>();

    /** Adds a text. */
    public void add(String text) {
        String clean = Cleaning.LOWER.apply(text);
        TextPattern.Scan words = WORDS.scan(clean);
        while (words.next()) {
            counts.merge(clean.substring(words.begin(), words.end()), 1L, Long::sum);
        }
    }

    /**
     * Learns a vocabulary from the texts added so far.
     *
     * @param size the number of tokens, at least 514; fewer are learned if there are not enough pairs
     * @return the content of a {@code tokenizer.json} as published with CLIP models on Hugging Face
     * @throws ClapException if the size is too small
     */
    public String train(int size) {
        if (size < LEAST_SIZE) {
            throw new ClapException("A vocabulary has at least " + LEAST_SIZE + " pieces, but " + size
                    + " were requested: the bytes alone are 512");
        }
        List<Merge> merges = new Learning(counts).learn(size - LEAST_SIZE);
        return PublishedTokenizer.of(ClipVocabulary.ofMerges(Path.of("learned"), merges));
    }

    /** Two adjacent tokens. */
    private record Pair(String left, String right) implements Comparable<Pair> {
        String joined() {
            return left + right;
        }

        @Override
        public int compareTo(Pair other) {
            int byLeft = left.compareTo(other.left);
            return byLeft != 0 ? byLeft : right.compareTo(other.right);
        }
    }

    /** A pair with its count at the time it was queued. */
    private record Candidate(Pair pair, long count) {
        static final Comparator<Candidate> ORDER =
                Comparator.comparingLong(Candidate::count).reversed().thenComparing(Candidate::pair);
    }

    /** The words as sequences of tokens, and the words in which each pair occurs. */
    private static final class Learning {
        private final List<List<String>> words = new ArrayList<>();
        private final List<Long> counts = new ArrayList<>();
        private final Map<Pair, Long> pairs = new HashMap<>();
        private final Map<Pair, Set<Integer>> places = new HashMap<>();
        private final Set<String> pieces = new HashSet<>();
        private final PriorityQueue<Candidate> queue = new PriorityQueue<>(Candidate.ORDER);

        Learning(Map<String, Long> wordCounts) {
            wordCounts.forEach((word, count) -> {
                words.add(bytes(word));
                counts.add(count);
                addPairs(words.size() - 1, 1);
            });
            pairs.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
        }

        private static List<String> bytes(String word) {
            List<String> bytes = new ArrayList<>();
            for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
                bytes.add(ByteAlphabet.of(b));
            }
            bytes.set(bytes.size() - 1, bytes.get(bytes.size() - 1) + ByteAlphabet.END_OF_WORD);
            return bytes;
        }

        List<Merge> learn(int count) {
            List<Merge> merges = new ArrayList<>();
            while (merges.size() < count && !queue.isEmpty()) {
                Candidate best = queue.remove();
                // A pair whose count has since changed was queued again.
                boolean current = best.count() == pairs.getOrDefault(best.pair(), 0L);
                // Different merges may give the same token, which is added only once.
                if (current && pieces.add(best.pair().joined())) {
                    merges.add(new Merge(best.pair().left(), best.pair().right()));
                    merge(best.pair());
                }
            }
            return merges;
        }

        private void merge(Pair pair) {
            Set<Pair> changed = new HashSet<>();
            for (int word : Set.copyOf(places.get(pair))) {
                changed.addAll(addPairs(word, -1));
                words.set(word, merged(words.get(word), pair));
                changed.addAll(addPairs(word, 1));
            }
            for (Pair other : changed) {
                long count = pairs.get(other);
                if (count > 0) {
                    queue.add(new Candidate(other, count));
                }
            }
        }

        private static List<String> merged(List<String> word, Pair pair) {
            List<String> merged = new ArrayList<>(word.size());
            for (int i = 0; i < word.size(); i++) {
                boolean here = i + 1 < word.size()
                        && word.get(i).equals(pair.left())
                        && word.get(i + 1).equals(pair.right());
                merged.add(here ? pair.joined() : word.get(i));
                i += here ? 1 : 0;
            }
            return merged;
        }

        /** Adds or subtracts the counts of a word's pairs, and returns the pairs. */
        private Set<Pair> addPairs(int word, int sign) {
            List<String> parts = words.get(word);
            Set<Pair> found = new HashSet<>();
            for (int i = 0; i + 1 < parts.size(); i++) {
                Pair pair = new Pair(parts.get(i), parts.get(i + 1));
                pairs.merge(pair, sign * counts.get(word), Long::sum);
                found.add(pair);
            }
            for (Pair pair : found) {
                Set<Integer> at = places.computeIfAbsent(pair, p -> new HashSet<>());
                if (sign > 0) {
                    at.add(word);
                } else {
                    at.remove(word);
                }
            }
            return found;
        }
    }
}
