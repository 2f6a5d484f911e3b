package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Form;
import dev.clap4j.internal.server.http.Json;
import java.util.Locale;

/** Bodies by their media type. */
public final class Bodies {
    private static final String JSON = "application/json";

    private Bodies() {}

    private static String type(Exchange exchange) {
        String header = exchange.header("Content-Type");
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    static boolean isForm(Exchange exchange) {
        return type(exchange).equals(Form.TYPE);
    }

    /**
     * Reads a body of JSON.
     *
     * @throws ApiException if it is anything else
     */
    public static JsonNode json(Exchange exchange) {
        if (!type(exchange).equals(JSON)) {
            throw ApiException.unsupported("Content-Type: " + JSON + " is expected");
        }
        return Json.object(exchange.body());
    }

    static JsonNode json(Exchange exchange, String others) {
        if (!type(exchange).equals(JSON)) {
            throw ApiException.unsupported("Content-Type: " + JSON + " or " + others + " is expected");
        }
        return Json.object(exchange.body());
    }
}
