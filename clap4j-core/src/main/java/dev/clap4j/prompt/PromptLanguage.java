package dev.clap4j.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The prompts of a language, as data: the templates that CLAP is trained on (CLAP, section 3), how {@link Augmentation}
 * changes them, and the four styles of the evaluation (section 4.1).
 */
public final class PromptLanguage {
    /** The prompts of the paper: {@code a(n) [art style] [image type] of a(n) [size] [colour] [class]}. */
    public static final PromptLanguage ENGLISH = builtIn("en");

    /** Their counterpart in Chinese. */
    public static final PromptLanguage CHINESE = builtIn("zh");

    /** The place of the class name in a pattern. */
    static final String CLASS = "{class}";

    /** The place of {@code a} or {@code an} in a pattern. */
    static final String ARTICLE = "{a}";

    private final JsonNode description;
    private final String code;
    private final String pattern;
    private final Map<Attribute, AttributeWords> words;
    private final Swap swap;
    private final String imageTypePattern;
    private final Map<PromptStyle, PromptTemplate> styles;
    private final List<String> patterns;

    /** A change of order: a text is cut at the first {@code at}, and the parts are put where {@code to} says. */
    record Swap(String at, String to) {
        String apply(String text) {
            int cut = text.indexOf(at);
            return cut < 0
                    ? text
                    : fill(
                            to,
                            Map.of("{before}", text.substring(0, cut), "{after}", text.substring(cut + at.length())));
        }
    }

    PromptLanguage(
            JsonNode description,
            String code,
            String pattern,
            Map<Attribute, AttributeWords> words,
            Swap swap,
            String imageTypePattern,
            Map<PromptStyle, PromptTemplate> styles) {
        this.description = description;
        this.code = code;
        this.pattern = pattern;
        this.words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        this.swap = swap;
        this.imageTypePattern = imageTypePattern;
        this.styles = Map.copyOf(styles);
        this.patterns = combinations();
    }

    private static PromptLanguage builtIn(String code) {
        try (InputStream json = PromptLanguage.class.getResourceAsStream(code + ".json")) {
            return of(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the description of a language.
     *
     * @throws ClapException if a key is unknown, missing or of another type, a pattern lacks a place or has an unknown
     *     one, or a word of an attribute would not be found in a template that has it
     */
    public static PromptLanguage of(JsonNode description) {
        return new PromptLanguageReader(description.deepCopy()).read();
    }

    /** Returns a description from which {@link #of} makes this language again. */
    public JsonNode description() {
        return description.deepCopy();
    }

    /** Returns the ISO 639 code of the language. */
    public String code() {
        return code;
    }

    /**
     * Returns the templates of a class with every combination of attributes: 480 in English, the colour changing
     * fastest, then art style, size and image type, as in the authors' files.
     *
     * @param className as it should appear in the prompt, for instance {@code "alarm clock"}
     */
    public List<String> templates(String className) {
        return patterns.stream()
                .map(each -> fill(each, Map.of(CLASS, className)))
                .toList();
    }

    /** Returns every combination of attributes, with the place of the class name. */
    private List<String> combinations() {
        List<Map<Attribute, String>> combinations = List.of(Map.of());
        for (Map.Entry<Attribute, AttributeWords> attribute : words.entrySet()) {
            List<Map<Attribute, String>> longer = new ArrayList<>();
            for (Map<Attribute, String> combination : combinations) {
                for (String word : attribute.getValue().words()) {
                    Map<Attribute, String> next = new HashMap<>(combination);
                    next.put(attribute.getKey(), word);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations.stream().map(this::template).toList();
    }

    /** Returns the template with certain words, and a place for the class name. */
    String template(Map<Attribute, String> chosen) {
        Map<String, String> values = new LinkedHashMap<>();
        chosen.forEach((attribute, word) -> values.put(place(attribute), word));
        return fill(pattern, values);
    }

    /** Returns one short template for each image type, in English {@code a(n) [image type] of a {class}}. */
    public List<PromptTemplate> imageTypes() {
        return words(Attribute.IMAGE_TYPE).stream()
                .map(type -> new PromptTemplate(fill(imageTypePattern, Map.of(place(Attribute.IMAGE_TYPE), type))))
                .toList();
    }

    /** Returns the template of a style of the evaluation; for {@link PromptStyle#NC} without its noise. */
    public PromptTemplate template(PromptStyle style) {
        return styles.get(style);
    }

    /** Returns the words of an attribute, in the order in which templates are enumerated. */
    public List<String> words(Attribute attribute) {
        return words.get(attribute).words();
    }

    /**
     * Deletes the word of an attribute. In English a space remains in its place, so two may follow each other.
     *
     * @return the text itself if it has none of the words
     */
    public String delete(Attribute attribute, String text) {
        return words.get(attribute).delete(text);
    }

    /** Replaces the word of an attribute by another one or none, see {@link Augmentation#replace}. */
    String replace(Attribute attribute, String text, RandomGenerator random) {
        return words.get(attribute).replace(text, random);
    }

    /** Returns whether the word of an attribute is found in a text that has it. */
    boolean finds(Attribute attribute, String word, String text) {
        return words.get(attribute).finds(word, text);
    }

    /**
     * Swaps the order of a text, in English from {@code "<image> of <object>"}, cut at the first {@code " of "}, to
     * {@code "<object> in <image> style"}. A text that cannot be cut is unchanged.
     */
    public String swapOrder(String text) {
        return swap.apply(text);
    }

    static String place(Attribute attribute) {
        return "{" + attribute + "}";
    }

    /** Fills the places of a pattern; others remain, and articles before them. */
    private static String fill(String pattern, Map<String, String> values) {
        StringBuilder filled = new StringBuilder(pattern);
        int end = pattern.length();
        for (int at; end > 0 && (at = pattern.lastIndexOf('{', end - 1)) >= 0; end = at) {
            int after = pattern.indexOf('}', at) + 1;
            String place = pattern.substring(at, after);
            String rest = filled.substring(after).strip();
            boolean isOpen = rest.startsWith(CLASS) && !values.containsKey(CLASS);
            String value = place.equals(ARTICLE) && !isOpen ? Articles.before(rest) : values.getOrDefault(place, place);
            filled.replace(at, after, value);
        }
        return filled.toString();
    }
}
