package dev.clap4j.internal.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import java.nio.file.Path;

/** Strict parsing of users' JSON: one value, no duplicate keys, limited nesting. */
public final class JsonText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper PYTHON =
            JSON.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private JsonText() {}

    /**
     * Parses a text.
     *
     * @throws JsonProcessingException if it is not JSON; {@link JsonReasons} describes why
     */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    /**
     * Reads a file that holds an object.
     *
     * @param maxBytes the size limit in bytes
     * @throws ClapException if it is not a regular file, is too large, or holds anything but a JSON object
     */
    public static ObjectNode readObject(Path file, long maxBytes) {
        return readObject(JSON, file, maxBytes);
    }

    /**
     * Reads a file that holds an object as Python writes it, where numbers may also be {@code NaN}, {@code Infinity} and
     * {@code -Infinity}.
     *
     * @param maxBytes the size limit in bytes
     * @throws ClapException if it is not a regular file, is too large, or holds anything but such an object
     */
    public static ObjectNode readPythonObject(Path file, long maxBytes) {
        return readObject(PYTHON, file, maxBytes);
    }

    private static ObjectNode readObject(JsonMapper mapper, Path file, long maxBytes) {
        try {
            if (mapper.readTree(InputFiles.readText(file, maxBytes)) instanceof ObjectNode object) {
                return object;
            }
            throw new ClapException("Cannot read " + file + ": it is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new ClapException("Cannot read " + file + ": it is not JSON: " + JsonReasons.of(e), e);
        }
    }

    /** Returns a value shortened for a message. */
    public static String shown(JsonNode value) {
        return Names.brief(String.valueOf(value));
    }
}
