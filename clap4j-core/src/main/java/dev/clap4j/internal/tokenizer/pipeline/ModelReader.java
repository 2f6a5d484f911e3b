package dev.clap4j.internal.tokenizer.pipeline;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the {@code model} of a {@code tokenizer.json}. Vocabulary and merges, which are large, are not read into a
 * tree.
 */
final class ModelReader {
    private static final Set<String> KEYS = Set.of(
            "type",
            "dropout",
            "unk_token",
            "continuing_subword_prefix",
            "end_of_word_suffix",
            "fuse_unk",
            "byte_fallback",
            "ignore_merges");

    private final Path file;
    private final ObjectNode options = JsonNodeFactory.instance.objectNode();
    private Map<String, Integer> ids;
    private List<Merge> merges;

    ModelReader(Path file) {
        this.file = file;
    }

    /** Reads the model; the parser is positioned at its value. */
    void read(JsonFile json, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new ClapException(file + ": model is not an object");
        }
        json.readFields(parser, (inner, at, name) -> {
            if (name.equals("vocab") && at.currentToken() == JsonToken.START_OBJECT && ids == null) {
                ids = TokenIds.read(file, json, at);
            } else if (name.equals("merges") && at.currentToken() == JsonToken.START_ARRAY && merges == null) {
                merges = readMerges(at);
            } else if (at.currentToken() == JsonToken.START_ARRAY) {
                // Other kinds of models have a list here instead of an object; the kind is checked below.
                at.skipChildren();
            } else {
                json.putOnce(options, name, json.tree(at, "model." + name), "model.");
            }
        });
    }

    private List<Merge> readMerges(JsonParser parser) throws IOException {
        List<Merge> read = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (read.size() == Merge.MOST) {
                throw new ClapException(file + " has more than " + Merge.MOST + " merges");
            }
            read.add(readMerge(parser, read.size()));
        }
        return read;
    }

    private Merge readMerge(JsonParser parser, int number) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            return Merge.parse(text).orElseThrow(() -> noMerge(number, "\"" + text + "\""));
        }
        List<String> pair = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() == JsonToken.VALUE_STRING && pair.size() < 2) {
                pair.add(parser.getText());
            }
        }
        if (pair.size() != 2
                || parser.currentToken() != JsonToken.END_ARRAY
                || pair.get(0).isEmpty()
                || pair.get(1).isEmpty()) {
            throw noMerge(number, "no pair");
        }
        return new Merge(pair.get(0), pair.get(1));
    }

    private ClapException noMerge(int number, String found) {
        String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        return new ClapException(file + ": model.merges[" + number + "] is " + shown
                + ", expected two pieces, \"a b\" or [\"a\", \"b\"]");
    }

    /** Returns the options, without vocabulary and merges. */
    ObjectNode options() {
        return options;
    }

    /** Returns the model's own tokens. */
    Map<String, Integer> ids() {
        return ids;
    }

    /** Checks that the model is a supported BPE model. */
    void check() {
        String type = options.path("type").asText(merges == null ? "unknown" : "BPE");
        if (!type.equals("BPE")) {
            throw new ClapException("The tokenizer " + file + " is of the kind " + type
                    + "; CLIP's text encoder needs a BPE tokenizer");
        }
        if (ids == null || merges == null) {
            throw new ClapException(
                    "The tokenizer " + file + " lacks a vocabulary or merges (model.vocab, model.merges)");
        }
        part().requireOnly(KEYS);
        if (part().has("dropout") && options.path("dropout").asDouble(1) != 0) {
            throw part().unexpected("dropout", "none: it makes tokens random, which only training wants");
        }
    }

    /**
     * Creates the model.
     *
     * @param all all tokens, including the added ones, one of which may be the unknown token
     */
    BytePairs build(Map<String, Integer> all) {
        JsonPart part = part();
        Integer unknown = null;
        if (part.has("unk_token")) {
            unknown = all.get(part.text("unk_token"));
            if (unknown == null) {
                throw part.unexpected("unk_token", "a token of the vocabulary");
            }
        }
        return BytePairs.of(
                file,
                ids,
                file,
                merges,
                new BytePairs.Options(
                        part.text("continuing_subword_prefix", ""),
                        part.text("end_of_word_suffix", ""),
                        unknown,
                        part.flag("fuse_unk", false),
                        part.flag("byte_fallback", false),
                        part.flag("ignore_merges", false)));
    }

    private JsonPart part() {
        return new JsonPart(file, "model", options);
    }
}
