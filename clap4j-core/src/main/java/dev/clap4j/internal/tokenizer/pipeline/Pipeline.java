package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.ClipWords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Maps a text to its token ids, without start and end tokens. Thread-safe. */
public final class Pipeline {
    /** The number of words whose tokens are cached, and the maximum length of such a word. */
    private static final int MOST_KNOWN = 1 << 15;

    private static final int LONGEST_KNOWN = 48;

    private final Normalizer beforeAdded;
    private final AddedTokens added;
    private final PreTokenizer firstWords;
    private final PreTokenizer words;
    private final boolean firstDiffers;
    private final PreTokenizer pieces;
    private final Model model;
    private final Map<String, Integer> whole;
    private final Map<String, int[]> known = new ConcurrentHashMap<>();

    private Pipeline(
            Normalizer beforeAdded,
            AddedTokens added,
            PreTokenizer words,
            PreTokenizer pieces,
            Model model,
            Map<String, Integer> whole) {
        this.beforeAdded = beforeAdded;
        this.added = added;
        this.firstWords = words;
        this.words = words.afterToken();
        this.firstDiffers = !firstWords.equals(this.words);
        this.pieces = pieces;
        this.model = model;
        this.whole = whole;
    }

    /** Creates the pipeline of some steps. */
    public static Pipeline of(TokenizerSteps steps) {
        // After the first split the result depends on the word alone, so it can be cached.
        List<PreTokenizer> splits = steps.preTokenizer() instanceof PreTokenizer.Sequence sequence
                        && !sequence.steps().isEmpty()
                ? sequence.steps()
                : List.of(steps.preTokenizer());
        return new Pipeline(
                steps.beforeAdded(),
                new AddedTokens(steps.added(), steps.normalizer()),
                splits.get(0),
                new PreTokenizer.Sequence(splits.subList(1, splits.size())),
                steps.model(),
                Map.of());
    }

    /**
     * Creates CLIP's own steps, for texts that are already cleaned.
     *
     * @param special words that are tokens of their own, with their ids
     */
    public static Pipeline ofClip(Map<String, Integer> special, Model model) {
        return new Pipeline(
                Normalizer.none(),
                new AddedTokens(List.of(), Normalizer.none()),
                PreTokenizer.Split.intoMatches(new ClipWords(List.copyOf(special.keySet()), true)),
                new PreTokenizer.ByteLevel(false, false),
                model,
                Map.copyOf(special));
    }

    /** Returns the ids of a text's tokens. */
    public int[] ids(String text) {
        Ids ids = new Ids();
        String whole = beforeAdded.apply(text);
        PreTokenizer first = firstDiffers && !added.keepsFirst(whole) ? words : firstWords;
        added.cut(
                whole, piece -> (ids.isEmpty() ? first : words).cut(piece, word -> ids.addAll(idsOf(word))), ids::add);
        return ids.toArray();
    }

    private int[] idsOf(String word) {
        int[] ids = known.get(word);
        if (ids == null) {
            ids = encode(word);
            if (word.length() <= LONGEST_KNOWN && known.size() < MOST_KNOWN) {
                known.put(word, ids);
            }
        }
        return ids;
    }

    private int[] encode(String word) {
        Integer id = whole.get(word);
        if (id != null) {
            return new int[] {id};
        }
        Ids ids = new Ids();
        pieces.cut(word, piece -> ids.addAll(model.ids(piece)));
        return ids.toArray();
    }
}
