package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Map;

/**
 * BERT's word pieces (Schuster and Nakajima 2012): a word is split into the longest token that starts it, then the
 * longest that continues it, and so on. A word that cannot be split so is unknown as a whole.
 */
public final class WordPiece implements Model {
    private final Map<String, Integer> ids;
    private final Options options;
    private final int longest;

    /**
     * Options.
     *
     * @param prefix the prefix of tokens that continue a word
     * @param unknown the token of unknown words
     * @param mostCharacters the number of characters above which a word is unknown
     */
    public record Options(String prefix, int unknown, int mostCharacters) {}

    /** Creates a model from the ids of its tokens. */
    public WordPiece(Map<String, Integer> ids, Options options) {
        this.ids = ids;
        this.options = options;
        this.longest = ids.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public int[] ids(String piece) {
        int[] unknown = {options.unknown};
        if (piece.codePointCount(0, piece.length()) > options.mostCharacters) {
            return unknown;
        }
        Ids found = new Ids();
        int end;
        for (int begin = 0; begin < piece.length(); begin = end) {
            String prefix = begin == 0 ? "" : options.prefix;
            Integer id = null;
            end = Math.min(piece.length(), begin + longest) + 1;
            while (id == null && --end > begin) {
                id = ids.get(prefix + piece.substring(begin, end));
            }
            if (id == null) {
                return unknown;
            }
            found.add(id);
        }
        return found.toArray();
    }

    @Override
    public String description() {
        return "word pieces " + options;
    }
}
