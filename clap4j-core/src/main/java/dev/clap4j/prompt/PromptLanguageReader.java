package dev.clap4j.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and checks the description of a {@link PromptLanguage}. */
final class PromptLanguageReader {
    private static final List<String> KEYS =
            List.of("language", "pattern", "between", "attributes", "swap", "short", "styles");
    private static final List<String> ATTRIBUTES =
            Arrays.stream(Attribute.values()).map(Attribute::toString).toList();
    private static final List<String> STYLES = List.of("C", "PC", "CP");

    /** A place in a pattern. */
    private static final Pattern PLACE = Pattern.compile("\\{[^{}]*}");

    /** The maximum number of templates for each class. */
    private static final long MOST_TEMPLATES = 100_000;

    /** The maximum length of a text, so that the templates of a class fit into memory. */
    private static final int MOST_CHARACTERS = 1_000;

    private final JsonNode root;

    PromptLanguageReader(JsonNode root) {
        this.root = root;
    }

    PromptLanguage read() {
        requireKeys("the description of a language", root, KEYS);
        Map<Attribute, AttributeWords> words = new LinkedHashMap<>();
        requireKeys("attributes", root.get("attributes"), ATTRIBUTES);
        root.get("attributes").properties().forEach(field -> words.put(attribute(field.getKey()), words(field)));
        requireFew(words.values());
        Set<String> places = ATTRIBUTES.stream().map(name -> "{" + name + "}").collect(Collectors.toSet());
        places.add(PromptLanguage.CLASS);
        JsonNode swap = root.get("swap");
        requireKeys("swap", swap, List.of("at", "to"));
        PromptLanguage language = new PromptLanguage(
                root,
                text("language", root),
                pattern("pattern", root, places),
                words,
                new PromptLanguage.Swap(text("at", swap), pattern("to", swap, Set.of("{before}", "{after}"))),
                pattern("short", root, Set.of(PromptLanguage.CLASS, PromptLanguage.place(Attribute.IMAGE_TYPE))),
                styles());
        requireFound(language);
        return language;
    }

    private static Attribute attribute(String name) {
        return Arrays.stream(Attribute.values())
                .filter(attribute -> attribute.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private AttributeWords words(Map.Entry<String, JsonNode> field) {
        String name = field.getKey();
        JsonNode node = field.getValue();
        requireKnownKeys(name, node, List.of("words", "found"));
        if (!node.path("words").isArray() || node.path("words").isEmpty()) {
            throw new ClapException(name + " should have a list of words, such as words: [large, small]");
        }
        List<String> words = node.get("words")
                .valueStream()
                .map(word -> requireText("a word of " + name, word))
                .toList();
        if (Set.copyOf(words).size() < words.size()) {
            throw new ClapException("a word of " + name + " is given twice");
        }
        Map<String, String> found = new LinkedHashMap<>();
        if (node.has("found")) {
            requireKnownKeys("found of " + name, node.get("found"), words);
            node.get("found")
                    .properties()
                    .forEach(exception ->
                            found.put(exception.getKey(), requireText("found of " + name, exception.getValue())));
        }
        return new AttributeWords(words, between(), found);
    }

    private String between() {
        JsonNode node = root.get("between");
        if (!node.isTextual()) {
            throw new ClapException("between should be a text: a space, or nothing (\"\")");
        }
        return node.asText();
    }

    private Map<PromptStyle, PromptTemplate> styles() {
        JsonNode node = root.get("styles");
        requireKeys("styles", node, STYLES);
        Map<PromptStyle, PromptTemplate> styles = new EnumMap<>(PromptStyle.class);
        for (String name : STYLES) {
            styles.put(
                    PromptStyle.valueOf(name), new PromptTemplate(pattern(name, node, Set.of(PromptLanguage.CLASS))));
        }
        styles.put(PromptStyle.NC, styles.get(PromptStyle.C));
        return styles;
    }

    /** Returns a text with certain places, each at least once, and no others but those of articles. */
    private static String pattern(String key, JsonNode node, Set<String> places) {
        String pattern = text(key, node);
        Set<String> there =
                PLACE.matcher(pattern).results().map(MatchResult::group).collect(Collectors.toSet());
        for (String place : places) {
            if (!there.contains(place)) {
                throw new ClapException(key + " has no " + place + ": " + pattern);
            }
        }
        there.stream()
                .filter(place -> !places.contains(place) && !place.equals(PromptLanguage.ARTICLE))
                .findFirst()
                .ifPresent(place -> {
                    throw new ClapException(key + " has an unknown place " + place + NearestName.hint(place, places));
                });
        return pattern;
    }

    private static void requireFew(Collection<AttributeWords> words) {
        long templates = 1;
        for (AttributeWords each : words) {
            templates = Math.min(MOST_TEMPLATES + 1, templates * each.words().size());
        }
        if (templates > MOST_TEMPLATES) {
            throw new ClapException("the words make more than " + MOST_TEMPLATES + " templates for each class");
        }
    }

    /** Checks that changes find what they change, which one word within another would prevent. */
    private static void requireFound(PromptLanguage language) {
        Map<Attribute, String> first = new EnumMap<>(Attribute.class);
        Arrays.stream(Attribute.values())
                .forEach(attribute ->
                        first.put(attribute, language.words(attribute).get(0)));
        for (Attribute attribute : Attribute.values()) {
            for (String word : language.words(attribute)) {
                Map<Attribute, String> chosen = new EnumMap<>(first);
                chosen.put(attribute, word);
                String template = language.template(chosen);
                if (!language.finds(attribute, word, template)) {
                    throw new ClapException("the deletion of " + attribute + " would not find \"" + word + "\" in \""
                            + template + "\"");
                }
                if (language.swapOrder(template).equals(template)) {
                    throw new ClapException("swap finds no place to cut in \"" + template + "\"");
                }
            }
        }
    }

    private static void requireKeys(String where, JsonNode node, List<String> keys) {
        requireKnownKeys(where, node, keys);
        keys.stream().filter(key -> !node.has(key)).findFirst().ifPresent(key -> {
            throw new ClapException(where + " lacks " + key);
        });
    }

    private static void requireKnownKeys(String where, JsonNode node, List<String> keys) {
        if (!node.isObject()) {
            throw new ClapException(where + " should hold names and values");
        }
        node.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !keys.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new ClapException(where + " has an unknown key \"" + key + "\"" + NearestName.hint(key, keys)
                            + "; there are " + String.join(", ", keys));
                });
    }

    private static String text(String key, JsonNode node) {
        return requireText(key, node.get(key));
    }

    private static String requireText(String what, JsonNode node) {
        if (!node.isTextual() || node.asText().isBlank()) {
            throw new ClapException(what + " should be a text");
        }
        if (node.asText().length() > MOST_CHARACTERS) {
            throw new ClapException(what + " is longer than " + MOST_CHARACTERS + " characters");
        }
        return node.asText();
    }
}
