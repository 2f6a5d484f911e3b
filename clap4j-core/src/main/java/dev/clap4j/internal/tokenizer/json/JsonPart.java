package dev.clap4j.internal.tokenizer.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A part of a JSON file in which nothing is ignored: unknown keys are errors, and values must have the expected type.
 *
 * @param file the file
 * @param where the path of the part, such as {@code normalizer.normalizers[1]}; empty for the whole
 * @param node the part
 */
public record JsonPart(Path file, String where, JsonNode node) {
    private static final int SHOWN = 60;

    private String at(String key) {
        return where.isEmpty() ? key : where + "." + key;
    }

    /** Returns whether a key has a value other than null. */
    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** Returns the object under a key. */
    public JsonPart part(String key) {
        JsonPart part = new JsonPart(file, at(key), node.has(key) ? node.get(key) : MissingNode.getInstance());
        if (!part.node.isObject()) {
            throw part.unexpected("an object");
        }
        return part;
    }

    /** Returns the list of objects under a key. */
    public List<JsonPart> parts(String key, int most) {
        JsonNode list = node.path(key);
        if (!list.isArray() || list.size() > most) {
            throw unexpected(key, "a list of at most " + most + " objects");
        }
        List<JsonPart> parts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonPart part = new JsonPart(file, at(key) + "[" + i + "]", list.get(i));
            if (!list.get(i).isObject()) {
                throw part.unexpected("an object");
            }
            parts.add(part);
        }
        return parts;
    }

    /** Returns the text under a key. */
    public String text(String key) {
        if (!node.path(key).isTextual()) {
            throw unexpected(key, "a text");
        }
        return node.get(key).asText();
    }

    /** Returns the text under a key, or a default if it is absent or null. */
    public String text(String key, String byDefault) {
        return has(key) ? text(key) : byDefault;
    }

    /** Returns the non-negative integer under a key. */
    public int number(String key) {
        if (!node.path(key).isInt() || node.get(key).asInt() < 0) {
            throw unexpected(key, "a whole number from 0 up");
        }
        return node.get(key).asInt();
    }

    /** Returns the boolean under a key, or a default if it is absent or null. */
    public boolean flag(String key, boolean byDefault) {
        if (has(key) && !node.get(key).isBoolean()) {
            throw unexpected(key, "true or false");
        }
        return has(key) ? node.get(key).asBoolean() : byDefault;
    }

    /** Checks that there are no keys other than these. */
    public void requireOnly(Set<String> keys) {
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw new ClapException(file + ": " + at(key) + " is an unknown key; known keys are "
                        + String.join(", ", keys.stream().sorted().toList()));
            }
        });
    }

    /** Creates the exception for a value other than expected. */
    public ClapException unexpected(String key, String expected) {
        return new JsonPart(file, at(key), node.has(key) ? node.get(key) : MissingNode.getInstance())
                .unexpected(expected);
    }

    /** Creates the exception for a part other than expected. */
    public ClapException unexpected(String expected) {
        return new ClapException(file + ": " + where + " is " + found() + ", expected " + expected);
    }

    private String found() {
        if (node.isMissingNode()) {
            return "missing";
        }
        if (node.isContainerNode()) {
            return node.isObject() ? "an object" : "a list";
        }
        String value = node.toString();
        return value.codePointCount(0, value.length()) <= SHOWN
                ? value
                : value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
    }

    /** Creates the exception for a valid value that is not supported here. */
    public ClapException refused(String why) {
        return new ClapException(file + ": " + (where.isEmpty() ? "" : where + ": ") + why);
    }
}
