package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.server.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fields of JSON objects, with errors that name them. */
public final class Fields {
    private Fields() {}

    /** Returns a field; empty if it is missing or null. */
    public static Optional<JsonNode> get(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    /** Returns a text; empty if it is missing. */
    public static Optional<String> text(JsonNode object, String name) {
        return get(object, name).map(node -> text(name, node));
    }

    static String text(String param, JsonNode node) {
        if (!node.isTextual()) {
            throw ApiException.bad(param, "A string is expected");
        }
        return node.textValue();
    }

    /** Returns true or false; empty if it is missing. */
    public static Optional<Boolean> flag(JsonNode object, String name) {
        return get(object, name).map(node -> {
            if (!node.isBoolean()) {
                throw ApiException.bad(name, "true or false is expected");
            }
            return node.booleanValue();
        });
    }

    /** Returns a number of at least 1; empty if it is missing. */
    public static Optional<Integer> count(JsonNode object, String name) {
        return get(object, name).map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
                throw ApiException.bad(name, "A whole number of at least 1 is expected");
            }
            return node.intValue();
        });
    }

    /** Returns a list of texts; empty if it is missing. */
    public static Optional<List<String>> texts(JsonNode object, String name) {
        return get(object, name).map(node -> {
            if (!node.isArray()) {
                throw ApiException.bad(name, "A list of strings is expected");
            }
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                texts.add(text(name + "[" + i + "]", node.get(i)));
            }
            return texts;
        });
    }
}
