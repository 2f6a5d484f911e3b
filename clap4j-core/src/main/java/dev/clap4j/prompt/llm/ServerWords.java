package dev.clap4j.prompt.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the words of a server are quoted: on one line, without the key should they hold it, and not all of them.
 *
 * @param key what must not be shown
 */
record ServerWords(Optional<ApiKey> key) {
    private static final int SHOWN = 200;

    /** More than is shown is looked at, so that no part of a key stands at the end. */
    private static final int READ = 4096;

    private static final JsonMapper JSON = new JsonMapper();

    /** Some words. */
    String quote(String words) {
        String start = words.substring(0, Math.min(READ, words.length()));
        String line = start.strip().replaceAll("\\s+", " ");
        String masked = key.map(secret -> secret.mask(line)).orElse(line);
        return masked.length() <= SHOWN ? masked : masked.substring(0, SHOWN) + "…";
    }

    /** The body of a response. */
    String quote(byte[] body) {
        return quote(new String(body, StandardCharsets.UTF_8));
    }

    /** What the body of a refusal says, in the server's own words if they can be found. */
    String quoteError(byte[] body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            JsonNode message = error.isObject() ? error.path("message") : error;
            if (message.isTextual()) {
                return quote(message.asText());
            }
        } catch (IOException e) {
            // Not every server, and no proxy, explains itself in JSON.
        }
        return quote(body);
    }
}
