package dev.clap4j.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.io.JsonReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a JSON configuration. What is absent or null has its default; what is there must be what is expected.
 *
 * @param path the file
 * @param where the part's own place in it, empty or ending with a dot
 * @param node the part
 */
record ConfigSection(Path path, String where, JsonNode node) {
    private static final long MAX_BYTES = 4L << 20;

    /** More than any layer of any CLIP; larger numbers are mistakes, and would cost much memory to find out. */
    private static final int MAX_EXTENT = 10_000_000;

    private static final JsonMapper JSON = new JsonMapper();

    static ConfigSection read(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new ClapException(
                        path + " has " + Files.size(path) + " bytes; a configuration has at most " + MAX_BYTES);
            }
            JsonNode root = JSON.readTree(Files.readAllBytes(path));
            if (!root.isObject()) {
                throw new ClapException("Cannot read " + path + ": it is not a JSON object");
            }
            return new ConfigSection(path, "", root);
        } catch (JsonProcessingException e) {
            throw new ClapException("Cannot read " + path + ": it is not JSON: " + JsonReasons.of(e), e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    boolean has(String key) {
        return !node.path(key).isMissingNode() && !node.path(key).isNull();
    }

    /** A part of this part; empty if it is not there. */
    ConfigSection section(String key) {
        JsonNode part = has(key) ? node.get(key) : JSON.createObjectNode();
        if (!part.isObject()) {
            throw unexpected(key, "an object");
        }
        return new ConfigSection(path, where + key + ".", part);
    }

    int extent(String key, int byDefault) {
        if (!has(key)) {
            return byDefault;
        }
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1 || value.asInt() > MAX_EXTENT) {
            throw unexpected(key, "a whole number from 1 to " + MAX_EXTENT);
        }
        return value.asInt();
    }

    /** The side of a square that may be given as {@code [height, width]} too. */
    int side(String key, int byDefault) {
        JsonNode value = node.path(key);
        if (value.isArray()) {
            if (value.size() != 2 || !value.get(0).equals(value.get(1))) {
                throw unexpected(key, "one number, or two that are equal, for only square images are supported");
            }
            var single = JSON.createObjectNode().set(key, value.get(0));
            return new ConfigSection(path, where, single).extent(key, byDefault);
        }
        return extent(key, byDefault);
    }

    double number(String key, double byDefault) {
        if (!has(key)) {
            return byDefault;
        }
        if (!node.get(key).isNumber() || node.get(key).asDouble() <= 0) {
            throw unexpected(key, "a number above 0");
        }
        return node.get(key).asDouble();
    }

    boolean flag(String key) {
        if (has(key) && !node.get(key).isBoolean()) {
            throw unexpected(key, "true or false");
        }
        return node.path(key).asBoolean(false);
    }

    String text(String key, String byDefault) {
        if (has(key) && !node.get(key).isTextual()) {
            throw unexpected(key, "a text");
        }
        return has(key) ? node.get(key).asText() : byDefault;
    }

    ClapException unexpected(String key, String expected) {
        return new ClapException(path + ": " + where + key + " is " + node.get(key) + ", expected " + expected);
    }
}
