package dev.clap4j.prompt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The words of an {@link Attribute} in a language, and how they are found in a text. The first word of the list that
 * occurs is used, wherever it occurs.
 *
 * <p>In English a word has a space on either side. The published results depend on two exceptions of the authors' code:
 * {@code red} needs no space after it and so matches in {@code redwood}, {@code painting} none before it.
 *
 * @param words in the order in which templates are enumerated
 * @param between what stands between words: a space, or nothing
 * @param found what is looked for instead of a word, for those words that are an exception
 */
record AttributeWords(List<String> words, String between, Map<String, String> found) {
    AttributeWords {
        words = List.copyOf(words);
        found = Map.copyOf(found);
    }

    /** Deletes the word found in a text, which leaves {@link #between} in its place. */
    String delete(String text) {
        return find(text).map(needle -> text.replace(needle, between)).orElse(text);
    }

    /**
     * Replaces the word found in a text by one drawn uniformly from the other words and the empty word.
     *
     * <p>As in the authors' code, words include their own spaces, one of which {@code red} and {@code painting} lack:
     * {@code "a blue dog"} may become {@code "a reddog"}.
     *
     * @return the text itself, without drawing anything, if it has none of the words
     */
    String replace(String text, RandomGenerator random) {
        Optional<String> needle = find(text);
        if (needle.isEmpty()) {
            return text;
        }
        List<String> others =
                needles().stream().filter(other -> !other.equals(needle.get())).toList();
        int drawn = random.nextInt(others.size() + 1);
        return text.replace(needle.get(), drawn == others.size() ? between : others.get(drawn));
    }

    /** Returns whether a word is the one that is found in a text. */
    boolean finds(String word, String text) {
        return find(text).equals(Optional.of(needle(word)));
    }

    private Optional<String> find(String text) {
        return needles().stream().filter(text::contains).findFirst();
    }

    private List<String> needles() {
        return words.stream().map(this::needle).toList();
    }

    private String needle(String word) {
        return found.getOrDefault(word, between + word + between);
    }
}
