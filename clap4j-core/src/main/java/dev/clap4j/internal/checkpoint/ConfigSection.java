package dev.clap4j.internal.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.JsonText;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A section of a JSON configuration. Absent or null values have defaults, present ones must be valid, and those never
 * read are rejected in the end, so that no key is ignored that would change the model.
 */
public final class ConfigSection {
    private static final long MAX_BYTES = 4L << 20;

    /** A limit beyond the layers of any CLIP; larger numbers are mistakes, and would cost much memory to detect. */
    private static final int MAX_EXTENT = 10_000_000;

    /** The longest side of images: twice that of published models, and a batch still fits into one buffer. */
    private static final int MAX_SIDE = 1024;

    private final Path path;
    private final String where;
    private final ObjectNode node;
    private final Set<String> asked = new HashSet<>();

    private ConfigSection(Path path, String where, ObjectNode node) {
        this.path = path;
        this.where = where;
        this.node = node;
    }

    /**
     * Reads a file.
     *
     * @throws ClapException if it is not a file that holds a JSON object
     */
    public static ConfigSection read(Path path) {
        return new ConfigSection(path, "", JsonText.readObject(path, MAX_BYTES));
    }

    /** Returns the root of a configuration that is not in a file. */
    static ConfigSection of(Path name, ObjectNode node) {
        return new ConfigSection(name, "", node);
    }

    /** Returns the file. */
    public Path path() {
        return path;
    }

    /** Returns the path of the section in the file, empty or ending with a dot. */
    String where() {
        return where;
    }

    /** Returns whether there is a value other than null. */
    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** Returns the keys of all values that are not null. */
    public List<String> keys() {
        return node.properties().stream()
                .filter(entry -> !entry.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns a value; a missing node if it is absent or null. */
    public JsonNode value(String key) {
        asked.add(key);
        return has(key) ? node.get(key) : node.path("");
    }

    /** Returns whether a value is given as null, where that differs from an absent one. */
    public boolean isNull(String key) {
        asked.add(key);
        return node.has(key) && node.get(key).isNull();
    }

    /** Returns a subsection; empty if it is absent. */
    ConfigSection section(String key) {
        JsonNode part = value(key);
        if (part.isMissingNode()) {
            return new ConfigSection(path, where + key + ".", JsonNodeFactory.instance.objectNode());
        }
        if (!(part instanceof ObjectNode object)) {
            throw unexpected(key, "an object");
        }
        return new ConfigSection(path, where + key + ".", object);
    }

    /** Returns a whole number above 0. */
    public int extent(String key, int byDefault) {
        JsonNode value = value(key);
        return value.isMissingNode() ? byDefault : extent(key, value);
    }

    private int extent(String key, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1 || value.asInt() > MAX_EXTENT) {
            throw unexpected(key, "a whole number from 1 to " + MAX_EXTENT);
        }
        return value.asInt();
    }

    /** Returns a number that may be 0, such as a token id. */
    public int index(String key, int byDefault) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 0 || value.asInt() > MAX_EXTENT) {
            throw unexpected(key, "a whole number from 0 to " + MAX_EXTENT);
        }
        return value.asInt();
    }

    /** Returns the side of a square, which may also be given as {@code [height, width]}. */
    public int side(String key, int byDefault) {
        JsonNode value = value(key);
        if (!value.isArray()) {
            return limited(key, extent(key, byDefault));
        }
        if (value.size() != 2 || !value.get(0).equals(value.get(1))) {
            throw unexpected(key, "one number, or two equal ones, as only square images are supported");
        }
        return limited(key, extent(key, value.get(0)));
    }

    private int limited(String key, int side) {
        if (side > MAX_SIDE) {
            throw unexpected(key, "at most " + MAX_SIDE + " pixels");
        }
        return side;
    }

    /** Returns a number that is greater than 0 even as a 32-bit float. */
    public double number(String key, double byDefault) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return byDefault;
        }
        float number = value.floatValue();
        if (!value.isNumber() || !(number > 0) || number == Float.POSITIVE_INFINITY) {
            throw unexpected(key, "a number above 0");
        }
        return value.asDouble();
    }

    /** Returns true or false; false if it is absent. */
    public boolean flag(String key) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw unexpected(key, "true or false");
        }
        return value.asBoolean(false);
    }

    /** Returns a text. */
    public String text(String key, String byDefault) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw unexpected(key, "a text");
        }
        return value.asText(byDefault);
    }

    /**
     * Rejects options that would change the computation.
     *
     * @param neutral for each option the value, as JSON, that changes nothing
     * @throws ClapException naming one of another value
     */
    public void require(Map<String, String> neutral) {
        neutral.forEach((key, expected) -> {
            JsonNode found = value(key);
            if (!found.isMissingNode() && !found.toString().equals(expected)) {
                throw unexpected(key, expected + "; other values are not supported");
            }
        });
    }

    /**
     * Rejects keys that were not read.
     *
     * @param harmless keys known not to affect the computation
     * @throws ClapException naming the first of them
     */
    public void requireNothingElse(Set<String> harmless) {
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!entry.getValue().isNull() && !asked.contains(key) && !harmless.contains(key)) {
                throw new ClapException(path + ": " + where + key + " is " + JsonText.shown(entry.getValue())
                        + ", but this key is unknown, so the model could differ from the one that would be"
                        + " read; remove the key if it changes nothing");
            }
        });
    }

    /** Returns the error for a value that is not as expected. */
    public ClapException unexpected(String key, String expected) {
        return new ClapException(
                path + ": " + where + key + " is " + JsonText.shown(node.get(key)) + ", expected " + expected);
    }
}
