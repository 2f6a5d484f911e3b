package dev.clap4j.internal.tokenizer.pipeline;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.json.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens and their ids, as stored in files. */
public final class TokenIds {
    /**
     * A limit above the largest vocabularies in use, of 900,000 tokens, so that a damaged file cannot request
     * gigabytes.
     */
    static final int MOST = 2_000_000;

    private TokenIds() {}

    /**
     * Reads the ids of a {@code vocab.json}.
     *
     * @throws ClapException if it cannot be read or is not such a file
     */
    public static Map<String, Integer> read(Path file) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        JsonFile.read(file, (json, parser, name) -> put(file, ids, name, id(file, parser, name)));
        return ids;
    }

    /** Reads the ids of the object at the parser's position. */
    static Map<String, Integer> read(Path file, JsonFile json, JsonParser parser) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        json.readFields(parser, (inner, at, name) -> put(file, ids, name, id(file, at, name)));
        return ids;
    }

    private static int id(Path file, JsonParser parser, String name) throws IOException {
        boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT;
        if (!whole) {
            String found = parser.currentToken() == JsonToken.VALUE_STRING
                    ? "\"" + parser.getText() + "\""
                    : String.valueOf(parser.getText());
            throw new ClapException("The vocabulary " + file + " should map every piece to a whole number, but \""
                    + name + "\" has " + found);
        }
        return parser.getIntValue();
    }

    /**
     * Adds a token.
     *
     * @throws ClapException if its id is out of range, or the token already has one
     */
    public static void put(Path file, Map<String, Integer> ids, String token, int id) {
        if (id < 0 || id > MOST) {
            throw new ClapException("The vocabulary " + file + " gives \"" + token + "\" the impossible id " + id);
        }
        if (ids.size() > MOST) {
            throw new ClapException("The vocabulary " + file + " has more than " + MOST + " pieces");
        }
        if (ids.put(token, id) != null) {
            throw new ClapException("The vocabulary " + file + " has the piece \"" + token + "\" twice");
        }
    }

    /**
     * Returns the tokens by id.
     *
     * @return null for unused ids
     * @throws ClapException if two tokens have the same id
     */
    public static String[] byId(Path file, Map<String, Integer> ids) {
        int size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        String[] tokens = new String[size];
        ids.forEach((token, id) -> {
            if (tokens[id] != null) {
                throw new ClapException("The vocabulary " + file + " gives the id " + id + " to two pieces, \""
                        + tokens[id] + "\" and \"" + token + "\"");
            }
            tokens[id] = token;
        });
        return tokens;
    }

    /** Returns all tokens, those of the model and the added ones. */
    public static Map<String, Integer> with(Map<String, Integer> ids, Iterable<AddedToken> added) {
        Map<String, Integer> all = new LinkedHashMap<>(ids);
        added.forEach(token -> all.put(token.content(), token.id()));
        return all;
    }
}
