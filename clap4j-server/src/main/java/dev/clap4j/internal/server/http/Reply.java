package dev.clap4j.internal.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param headers besides those that every answer has
 */
public record Reply(int status, String type, byte[] body, Map<String, String> headers) {
    /** Returns an answer of JSON. */
    public static Reply json(int status, Object content) {
        try {
            return new Reply(status, "application/json", Json.MAPPER.writeValueAsBytes(content), Map.of());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a successful answer of JSON. */
    public static Reply json(Object content) {
        return json(200, content);
    }

    /** Returns this answer with one more header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, type, body, more);
    }
}
