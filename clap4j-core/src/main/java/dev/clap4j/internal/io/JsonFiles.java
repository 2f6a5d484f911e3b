package dev.clap4j.internal.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import java.nio.file.Path;

/**
 * Reads JSON that this program wrote and anyone may have edited: records of runs and their results. Duplicate names,
 * text after the end, and null or text in place of a number are errors.
 */
public final class JsonFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private JsonFiles() {}

    /**
     * Reads a file that holds an object.
     *
     * @throws ClapException if it is not a regular file, cannot be read, or holds something else
     */
    public static JsonNode readObject(Path file) {
        String text = InputFiles.readText(file);
        try {
            JsonNode root = JSON.readTree(text);
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new ClapException(file + " is not JSON: " + JsonReasons.of(e), e);
        }
        throw new ClapException(file + " should hold a JSON object, but holds something else; it is damaged");
    }

    /**
     * Parses a complete record; see {@link CompleteRecord}.
     *
     * @throws JsonProcessingException if the text is not JSON, or not of that type
     * @throws ClapException if a component is missing or a number is invalid
     */
    public static <T> T parse(String text, Class<T> type) throws JsonProcessingException {
        T value = JSON.readValue(text, type);
        if (value == null) {
            throw new ClapException("it is null");
        }
        CompleteRecord.check(value);
        return value;
    }
}
