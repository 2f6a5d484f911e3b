package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.ClipWords;
import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Maps a text to its token ids, without start and end tokens. Thread-safe. */
public final class Pipeline {
    /** The number of words whose tokens are cached, and the maximum length of such a word. */
    private static final int MOST_KNOWN = 1 << 15;

    private static final int LONGEST_KNOWN = 48;

    private final AddedTokens added;
    private final PreTokenizer words;
    private final PreTokenizer pieces;
    private final Model model;
    private final Map<String, Integer> whole;
    private final Map<String, int[]> known = new ConcurrentHashMap<>();

    private Pipeline(
            AddedTokens added, PreTokenizer words, PreTokenizer pieces, Model model, Map<String, Integer> whole) {
        this.added = added;
        this.words = words;
        this.pieces = pieces;
        this.model = model;
        this.whole = whole;
    }

    /** Creates the steps described by a {@code tokenizer.json}. */
    static Pipeline of(List<AddedToken> added, Normalizer normalizer, PreTokenizer preTokenizer, Model model) {
        // After the first split the result depends on the word alone, so it can be cached.
        List<PreTokenizer> steps = preTokenizer instanceof PreTokenizer.Sequence sequence
                        && !sequence.steps().isEmpty()
                ? sequence.steps()
                : List.of(preTokenizer);
        return new Pipeline(
                new AddedTokens(added, normalizer),
                steps.get(0),
                new PreTokenizer.Sequence(steps.subList(1, steps.size())),
                model,
                Map.of());
    }

    /** Creates the steps that Hugging Face's Transformers uses for CLIP's vocabulary. */
    public static Pipeline ofTransformers(List<AddedToken> added, Model model) {
        Normalizer normalizer = new Normalizer.Sequence(List.of(
                new Normalizer.Form(java.text.Normalizer.Form.NFC),
                new Normalizer.Replace(WordPattern.run(Characters::isSpace), " "),
                new Normalizer.Lowercase()));
        PreTokenizer words = new PreTokenizer.Sequence(
                List.of(PreTokenizer.Split.intoMatches(ClipWords.EXACT), new PreTokenizer.ByteLevel(false, true)));
        return of(added, normalizer, words, model);
    }

    /**
     * Creates CLIP's own steps, for texts that are already cleaned.
     *
     * @param special words that are tokens of their own, with their ids
     */
    public static Pipeline ofClip(Map<String, Integer> special, Model model) {
        return new Pipeline(
                new AddedTokens(List.of(), Normalizer.none()),
                PreTokenizer.Split.intoMatches(new ClipWords(List.copyOf(special.keySet()), true)),
                new PreTokenizer.ByteLevel(false, false),
                model,
                Map.copyOf(special));
    }

    /** Returns the ids of a text's tokens. */
    public int[] ids(String text) {
        Ids ids = new Ids();
        added.cut(text, piece -> words.cut(piece, word -> ids.addAll(idsOf(word))), ids::add);
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
