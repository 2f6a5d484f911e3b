package dev.clap4j.internal.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;

/** JSON within limits; the length of strings is bounded by that of the body. */
public final class Json {
    private static final int MOST_NESTED = 16;
    private static final int MOST_DIGITS = 32;

    /** A value takes far more memory than its bytes in the body. */
    private static final int MOST_TOKENS = 100_000;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTED)
                            .maxNumberLength(MOST_DIGITS)
                            .maxTokenCount(MOST_TOKENS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads an object.
     *
     * @throws ApiException if it is none
     */
    public static JsonNode object(byte[] body) {
        try {
            JsonNode read = MAPPER.readTree(body);
            if (read == null || !read.isObject()) {
                throw ApiException.bad(null, "The body should be a JSON object");
            }
            return read;
        } catch (StreamConstraintsException e) {
            throw ApiException.bad(
                    null, "The body is nested too deeply, has too many values, or a number with too many digits");
        } catch (JsonProcessingException e) {
            throw ApiException.bad(
                    null,
                    "The body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw ApiException.bad(null, "The body is not JSON in UTF-8");
        }
    }

    /**
     * Refuses fields that mean nothing here.
     *
     * @param where the object's own name with a dot after it; empty for the whole body
     */
    public static void requireOnly(JsonNode object, String where, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
                throw ApiException.bad(
                        where + shown,
                        "There is no such field; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
