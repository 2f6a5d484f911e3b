package dev.clap4j.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Quotes a server's messages: on one line, shortened, and without the key should they contain it.
 *
 * @param key the key to mask
 */
record ServerWords(Optional<ApiKey> key) {
    private static final int SHOWN = 200;

    /** The number of bytes examined, more than are shown, so that the quotation cannot end with part of the key. */
    private static final int READ = 4096;

    /** Quotes a text. */
    String quote(String words) {
        String start = words.substring(0, Math.min(READ, words.length()));
        String line = start.strip().replaceAll("\\s+", " ");
        String masked = key.map(secret -> secret.mask(line)).orElse(line);
        return masked.length() <= SHOWN ? masked : masked.substring(0, SHOWN) + "…";
    }

    /** Quotes the body of a response. */
    String quote(byte[] body) {
        return quote(new String(body, StandardCharsets.UTF_8));
    }

    /** Quotes the body of an error response, in the server's own words if they can be found. */
    String quoteError(byte[] body) {
        try {
            JsonNode error = JsonEndpoint.JSON.readTree(body).path("error");
            JsonNode message = error.isObject() ? error.path("message") : error;
            if (message.isTextual()) {
                return quote(message.asText());
            }
        } catch (IOException e) {
            // Not every server, and no proxy, gives reasons in JSON.
        }
        return quote(body);
    }
}
