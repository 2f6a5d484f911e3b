package dev.clap4j.prompt;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An attribute of a template prompt, of either the object or its picture, and how it is found in a text (CLAP, section
 * 3).
 *
 * <p>Matching follows the authors' code, quirks included, since the published results depend on it: a word must have a
 * space on either side, except {@code red}, which needs none after it and so matches in {@code redwood}, and {@code
 * painting}, which needs none before it. The first word of the list that occurs is used, wherever it occurs.
 */
@SuppressWarnings("ImmutableEnumChecker") // both lists are unmodifiable
public enum Attribute {
    /** The object's size. */
    SIZE(List.of("large", "normal sized", "small")),
    /** The object's colour. */
    COLOUR(List.of("red", "blue", "green", "yellow", "purple", "orange", "black", "white", "brown", "multicolored")),
    /** The art style of the picture. */
    ART_STYLE(List.of("realistic", "impressionistic")),
    /** The type of picture. */
    IMAGE_TYPE(
            List.of("painting", "sketch", "cartoon", "clipart", "photograph", "infograph", "mosaic art", "sculpture"));

    private final List<String> words;
    private final List<String> needles;

    Attribute(List<String> words) {
        this.words = words;
        this.needles = words.stream().map(Attribute::needle).toList();
    }

    private static String needle(String word) {
        return switch (word) {
            case "red" -> " red";
            case "painting" -> "painting ";
            default -> " " + word + " ";
        };
    }

    /** Returns the words, in the order in which templates are enumerated. */
    public List<String> words() {
        return words;
    }

    /**
     * Deletes this attribute's word; a space remains in its place, so two spaces may follow each other.
     *
     * @return the text itself if it has none of the words
     */
    public String delete(String text) {
        String found = find(text);
        return found == null ? text : text.replace(found, " ");
    }

    /**
     * Replaces this attribute's word by one drawn uniformly from the other words of the list and the empty word.
     *
     * <p>As in the authors' code, words include their own spaces, one of which {@code red} and {@code painting} lack:
     * {@code "a blue dog"} may become {@code "a reddog"}.
     *
     * @return the text itself, without drawing anything, if it has none of the words
     */
    public String replace(String text, RandomGenerator random) {
        String found = find(text);
        if (found == null) {
            return text;
        }
        List<String> others = needles.stream().filter(n -> !n.equals(found)).toList();
        int drawn = random.nextInt(others.size() + 1);
        return text.replace(found, drawn == others.size() ? " " : others.get(drawn));
    }

    private String find(String text) {
        return needles.stream().filter(text::contains).findFirst().orElse(null);
    }
}
