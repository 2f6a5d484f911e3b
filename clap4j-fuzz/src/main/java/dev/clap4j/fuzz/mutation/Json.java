package dev.clap4j.fuzz.mutation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Mutations of JSON that nearly always leave it valid: other types, keys, sizes and depths. */
final class Json implements Mutation {
    private static final int MANY = 2_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(100_000)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(1_000_000)
                            .build())
                    .build())
            .build();

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "{}",
            "[]",
            "\"\"",
            "0",
            "-1",
            "0.5",
            "NaN",
            "-Infinity",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\u001b[31m\"",
            "[null]",
            "{\"\":{}}",
            "\"..\"",
            "\"/\"",
            "\"1\"",
            "[[],[]]",
            "[0,0]");

    /** A place whose value can be replaced. */
    private interface Place {
        JsonNode get();

        void set(JsonNode value);
    }

    private record InObject(ObjectNode parent, String key) implements Place {
        @Override
        public JsonNode get() {
            return parent.get(key);
        }

        @Override
        public void set(JsonNode value) {
            parent.set(key, value);
        }
    }

    private record InArray(ArrayNode parent, int index) implements Place {
        @Override
        public JsonNode get() {
            return parent.get(index);
        }

        @Override
        public void set(JsonNode value) {
            parent.set(index, value);
        }
    }

    @Override
    public byte[] apply(byte[] content, Chance chance) {
        JsonNode root;
        try {
            root = JSON.readTree(content);
        } catch (IOException e) {
            return Mutations.TEXT.apply(content, chance);
        }
        List<Place> places = new ArrayList<>();
        collect(root, places);
        if (places.isEmpty()) {
            return value(chance).getBytes(StandardCharsets.UTF_8);
        }
        change(places, Math.max(1, MAX_BYTES / Math.max(1, content.length)), chance);
        try {
            return JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("A tree that cannot be written", e);
        }
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                places.add(new InObject(object, field.getKey()));
                collect(field.getValue(), places);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(new InArray(array, i));
                collect(array.get(i), places);
            }
        }
    }

    private static void change(List<Place> places, int mostTimes, Chance chance) {
        Place place = chance.pick(places);
        switch (chance.below(9)) {
            case 0, 1 -> place.set(raw(value(chance)));
            case 2, 3 -> place.set(alike(place.get(), chance));
            case 4 -> remove(place);
            case 5 -> place.set(chance.pick(places).get().deepCopy());
            case 6 -> repeat(place, chance.count(Math.min(MANY, mostTimes)));
            case 7 -> rename(place, places, chance);
            default -> place.set(nest(place.get(), chance));
        }
    }

    /** Returns another value of the same type. */
    private static JsonNode alike(JsonNode value, Chance chance) {
        if (value.isNumber()) {
            return chance.oneIn(2)
                    ? raw(Texts.number(chance))
                    : NODES.numberNode(value.asLong() * chance.pick(1, 1, 1, -1, 2, 10) + chance.between(-2, 2));
        }
        if (value.isTextual()) {
            return TextNode.valueOf(Texts.change(value.asText(), chance));
        }
        return value.isBoolean() ? NODES.booleanNode(!value.asBoolean()) : raw(value(chance));
    }

    private static void remove(Place place) {
        if (place instanceof InObject field) {
            field.parent.remove(field.key);
        } else if (place instanceof InArray element) {
            element.parent.remove(element.index);
        }
    }

    private static void repeat(Place place, int times) {
        if (place instanceof InArray element) {
            JsonNode value = element.get();
            for (int i = 0; i < times; i++) {
                element.parent.add(value);
            }
        } else if (place instanceof InObject field) {
            JsonNode value = field.get();
            for (int i = 0; i < times; i++) {
                field.parent.set(field.key + i, value);
            }
        }
    }

    /** Renames a key: to that of a neighbour, a duplicate, or an unexpected one. */
    private static void rename(Place place, List<Place> places, Chance chance) {
        if (!(place instanceof InObject field)) {
            place.set(raw(value(chance)));
            return;
        }
        JsonNode value = field.get();
        if (chance.oneIn(4)) {
            field.set(raw(value + "," + TextNode.valueOf(field.key) + ":" + value(chance)));
            return;
        }
        field.parent.remove(field.key);
        String key = chance.oneIn(2) && chance.pick(places) instanceof InObject other
                ? other.key
                : Texts.change(field.key, chance);
        field.parent.set(key, value);
    }

    private static JsonNode nest(JsonNode value, Chance chance) {
        JsonNode nested = value;
        boolean objects = chance.oneIn(2);
        for (int depth = chance.count(900); depth > 0; depth--) {
            nested = objects
                    ? NODES.objectNode().set("a", nested)
                    : NODES.arrayNode().add(nested);
        }
        return nested;
    }

    private static String value(Chance chance) {
        return switch (chance.below(8)) {
            case 0 -> Texts.number(chance);
            case 1 -> Long.toString(chance.boundary());
            case 2 -> nesting(chance, chance.count(50_000));
            case 3 -> '"' + "x".repeat(chance.count(100_000)) + '"';
            default -> chance.pick(VALUES);
        };
    }

    private static String nesting(Chance chance, int depth) {
        return chance.oneIn(2)
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + 1 + "}".repeat(depth);
    }

    private static JsonNode raw(String text) {
        return NODES.rawValueNode(new RawValue(text));
    }
}
