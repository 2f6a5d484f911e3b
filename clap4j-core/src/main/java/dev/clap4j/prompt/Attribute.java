package dev.clap4j.prompt;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a template prompt says of an object and of its picture, and how that is found again in a text (CLAP, section 3).
 *
 * <p>Finding is that of the authors' code, quirks included, because the published figures come from it: a word counts
 * only with a space on either side, save {@code red}, which needs none after it and so is found in {@code redwood}, and
 * {@code painting}, which needs none before it. The first word of the list that occurs is taken, everywhere it occurs.
 */
@SuppressWarnings("ImmutableEnumChecker") // both lists are unmodifiable
public enum Attribute {
    /** The object's size. */
    SIZE(List.of("large", "normal sized", "small")),
    /** The object's colour. */
    COLOUR(List.of("red", "blue", "green", "yellow", "purple", "orange", "black", "white", "brown", "multicolored")),
    /** The picture's manner. */
    ART_STYLE(List.of("realistic", "impressionistic")),
    /** The kind of picture. */
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

    /** The words, in the order in which templates are enumerated. */
    public List<String> words() {
        return words;
    }

    /**
     * The text without this attribute's word; a space stands in its place, so two spaces may follow one another.
     *
     * @return the text itself if it has none of the words
     */
    public String delete(String text) {
        String found = find(text);
        return found == null ? text : text.replace(found, " ");
    }

    /**
     * The text with this attribute's word replaced by one drawn uniformly among the list's other words and nothing.
     *
     * <p>As in the authors' code the words bring their own spaces, of which {@code red} and {@code painting} lack one:
     * {@code "a blue dog"} may become {@code "a reddog"}.
     *
     * @return the text itself, and nothing drawn, if it has none of the words
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
