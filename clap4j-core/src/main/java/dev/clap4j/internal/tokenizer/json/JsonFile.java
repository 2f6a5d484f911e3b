package dev.clap4j.internal.tokenizer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.FileContents;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.JsonReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A JSON file that holds one object, read in one pass, value by value. Its size, nesting and number of values are
 * limited, and duplicate keys are errors.
 */
public final class JsonFile {
    /** The largest vocabularies in use have 40 MB. */
    static final long MOST_BYTES = 64L << 20;

    private static final int MOST_DEPTH = 32;

    /** The limit of values that become objects in memory; large lists are read by {@link Fields} that keep less. */
    private static final int MOST_VALUES = 500_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2 * MOST_DEPTH)
                    .maxStringLength(8 << 20)
                    .build())
            .build();

    private final Path file;
    private int values;

    private JsonFile(Path file) {
        this.file = file;
    }

    /** Reads the fields of an object. */
    public interface Fields {
        /**
         * Reads one field.
         *
         * @param json the file
         * @param parser positioned at the field's value, and at its end afterwards
         * @param name the name of the field
         */
        void read(JsonFile json, JsonParser parser, String name) throws IOException;
    }

    /**
     * Reads a file.
     *
     * @param fields reads each field of the object
     * @throws ClapException if it cannot be read, is not a JSON object, or exceeds the limits
     */
    public static void read(Path file, Fields fields) {
        String text;
        try {
            text = InputFiles.readText(file, MOST_BYTES);
        } catch (ClapException e) {
            throw e.getMessage().endsWith("is not UTF-8 text") ? noJson(file, "it is not UTF-8 text", e) : e;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new ClapException(
                        "Cannot use " + file + ": it should hold a JSON object, but holds " + describe(first));
            }
            JsonFile json = new JsonFile(file);
            json.readFields(parser, fields);
            if (parser.nextToken() != null) {
                throw new ClapException("Cannot use " + file + ": something follows its JSON object, "
                        + JsonReasons.of(new JsonParseException(parser, "the end was expected")));
            }
        } catch (JsonProcessingException e) {
            throw noJson(file, JsonReasons.of(e), e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads a file as a tree; one that does not exist is an empty object. */
    public static JsonPart open(Path file) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (Files.exists(file)) {
            read(file, (json, parser, name) -> json.putOnce(root, name, json.tree(parser, name), ""));
        }
        return new JsonPart(file, "", root);
    }

    private static ClapException noJson(Path file, String reason, Exception cause) {
        String guess = FileContents.guess(file)
                .filter(what -> !what.equals("a text file"))
                .map(what -> "it is " + what)
                .orElse(reason);
        return new ClapException("Cannot read " + file + " as JSON: " + guess, cause);
    }

    private static String describe(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return token == JsonToken.START_ARRAY
                ? "a JSON array"
                : "a JSON " + token.name().toLowerCase(Locale.ROOT).replaceFirst("value_(\\w+?)(_.*)?$", "$1");
    }

    /** Reads the fields of the object at the parser's position; the reader must detect duplicate keys. */
    public void readFields(JsonParser parser, Fields fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.read(this, parser, name);
        }
    }

    /** Reads the value at the parser's position as a tree. */
    public JsonNode tree(JsonParser parser, String where) throws IOException {
        return tree(parser, where, 1);
    }

    private JsonNode tree(JsonParser parser, String where, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            throw new ClapException(file + ": " + where.replaceFirst("[.\\[].*", "") + " has values nested more than "
                    + MOST_DEPTH + " deep");
        }
        if (++values > MOST_VALUES) {
            throw new ClapException(file + " has more than " + MOST_VALUES + " values beside its vocabulary");
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = nodes.objectNode();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    putOnce(object, name, tree(parser, where + "." + name, depth + 1), where + ".");
                }
                return object;
            }
            case START_ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(tree(parser, where + "[" + array.size() + "]", depth + 1));
                }
                return array;
            }
            case VALUE_STRING -> {
                return nodes.textNode(parser.getText());
            }
            case VALUE_NUMBER_INT -> {
                return parser.getNumberType() == JsonParser.NumberType.INT
                        ? nodes.numberNode(parser.getIntValue())
                        : nodes.numberNode(parser.getBigIntegerValue());
            }
            case VALUE_NUMBER_FLOAT -> {
                return nodes.numberNode(parser.getDoubleValue());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return nodes.booleanNode(parser.getBooleanValue());
            }
            default -> {
                return nodes.nullNode();
            }
        }
    }

    /** Adds a field, which must not exist yet. */
    public void putOnce(ObjectNode object, String name, JsonNode value, String where) {
        if (object.has(name)) {
            throw new ClapException(file + ": " + where + name + " comes twice");
        }
        object.set(name, value);
    }
}
