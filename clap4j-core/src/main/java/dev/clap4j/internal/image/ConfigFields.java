package dev.clap4j.internal.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.FileContents;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.JsonReasons;
import java.nio.file.Path;
import java.util.Set;

/** The fields of a preprocessing configuration; null counts as absent. */
record ConfigFields(Path path, JsonNode node) {
    private static final long MAX_BYTES = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static JsonNode parse(Path path) {
        try {
            JsonNode root = JSON.readTree(InputFiles.readText(path, MAX_BYTES));
            if (!root.isObject()) {
                throw new ClapException("Cannot use " + path + ": it should hold a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new ClapException(
                    "Cannot read " + path + " as JSON: "
                            + FileContents.guess(path)
                                    .filter(guess -> !guess.equals("a text file"))
                                    .map(guess -> "it is " + guess)
                                    .orElse(JsonReasons.of(e)),
                    e);
        }
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    JsonNode get(String name) {
        return has(name) ? node.get(name) : node.path("\0");
    }

    /** Rejects unknown fields, unless they are switched off. */
    void requireKnown(Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            JsonNode value = node.get(name);
            boolean off = value.isNull() || (value.isBoolean() && !value.asBoolean());
            if (!known.contains(name) && !off) {
                throw unsupported(name + " " + value + ", which is unknown");
            }
        });
    }

    String text(String name, String otherwise) {
        JsonNode value = get(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw unsupported(name + " " + value + "; a text was expected");
        }
        return value.asText(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = get(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw unsupported(name + " " + value + "; true or false was expected");
        }
        return value.asBoolean(otherwise);
    }

    int number(String name, int otherwise) {
        JsonNode value = get(name);
        if (!value.isMissingNode() && !value.isInt()) {
            throw unsupported(name + " " + value + "; a whole number was expected");
        }
        return value.asInt(otherwise);
    }

    /** Reads a square size in pixels: a number, a list of two, or an object with equal height and width. */
    int square(String name, JsonNode value) {
        JsonNode height = value.isObject() ? value.path("height") : value.isArray() ? value.path(0) : value;
        JsonNode width = value.isObject() ? value.path("width") : value.isArray() ? value.path(1) : value;
        if (!height.isInt() || !width.isInt() || height.asInt() < 1) {
            throw unsupported(name + " " + value + "; a number of pixels was expected");
        }
        if (height.asInt() != width.asInt()) {
            throw unsupported(name + " " + value + "; the model takes square images");
        }
        return height.asInt();
    }

    void requireModelSize(String name, int found, int imageSize) {
        if (found != imageSize) {
            throw new ClapException(
                    "Cannot use " + path + ": its " + name + " is " + found + ", but the model takes images of "
                            + imageSize + "×" + imageSize + " pixels. Take the file from the same model");
        }
    }

    /**
     * Reads one number for each of three colours, or one for all.
     *
     * @param otherwise the default; null if the field is required
     */
    float[] colours(String name, float[] otherwise) {
        JsonNode value = get(name);
        if (value.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        float[] values = new float[3];
        for (int i = 0; i < 3; i++) {
            JsonNode colour = value.isNumber() || value.size() != 3 ? value : value.path(i);
            values[i] = colour.floatValue();
            if (!colour.isNumber() || !Float.isFinite(values[i]) || (name.endsWith("std") && !(values[i] > 0))) {
                throw unsupported(name + " " + value + "; a number for each of three colours was expected");
            }
        }
        return values;
    }

    ClapException unsupported(String what) {
        return new ClapException("Cannot preprocess images as " + path + " says: it asks for " + what);
    }
}
