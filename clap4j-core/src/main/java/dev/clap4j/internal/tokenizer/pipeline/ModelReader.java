package dev.clap4j.internal.tokenizer.pipeline;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.json.JsonFile;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import dev.clap4j.internal.tokenizer.pipeline.Unigram.Scored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the {@code model} of a {@code tokenizer.json}. Vocabulary and merges, which are large, are not read into a
 * tree.
 */
final class ModelReader {
    private static final Set<String> UNIGRAM_KEYS = Set.of("type", "unk_id", "byte_fallback");

    private static final Set<String> WORD_PIECE_KEYS =
            Set.of("type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word");

    private static final Set<String> BPE_KEYS = Set.of(
            "type",
            "dropout",
            "unk_token",
            "continuing_subword_prefix",
            "end_of_word_suffix",
            "fuse_unk",
            "byte_fallback",
            "ignore_merges");

    /** Longer words would take much time. */
    private static final int LONGEST_WORD = 1000;

    private final Path file;
    private final ObjectNode options = JsonNodeFactory.instance.objectNode();
    private Map<String, Integer> ids;
    private List<Merge> merges;
    private List<Scored> scores;

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
            } else if (name.equals("vocab") && at.currentToken() == JsonToken.START_ARRAY && scores == null) {
                readScores(at);
            } else if (name.equals("merges") && at.currentToken() == JsonToken.START_ARRAY && merges == null) {
                merges = readMerges(at);
            } else {
                json.putOnce(options, name, json.tree(at, "model." + name), "model.");
            }
        });
    }

    /** Reads a list of pieces with their scores, whose ids are their places in it. */
    private void readScores(JsonParser parser) throws IOException {
        if (ids != null) {
            throw new ClapException(file + ": model.vocab comes twice");
        }
        ids = new LinkedHashMap<>();
        scores = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean pair =
                    parser.currentToken() == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.VALUE_STRING;
            String content = pair ? parser.getText() : "";
            pair = pair && parser.nextToken() != null && parser.currentToken().isNumeric();
            double score = pair ? parser.getDoubleValue() : 0;
            if (!pair || !Double.isFinite(score) || parser.nextToken() != JsonToken.END_ARRAY) {
                throw new ClapException(
                        file + ": model.vocab[" + scores.size() + "] is no pair of a piece and its score");
            }
            Unigram.requireLength(file, content);
            TokenIds.put(file, ids, content, scores.size());
            scores.add(new Scored(content, scores.size(), score));
        }
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

    /** Checks that the model is of a supported kind and whole. */
    void check() {
        switch (kind()) {
            case "BPE" -> {
                require(ids != null && merges != null, "a vocabulary or merges (model.vocab, model.merges)");
                part().requireOnly(BPE_KEYS);
                if (part().has("dropout") && options.path("dropout").asDouble(1) != 0) {
                    throw part().unexpected("dropout", "none: it makes tokens random, which only training wants");
                }
            }
            case "WordPiece" -> {
                require(ids != null, "a vocabulary (model.vocab)");
                part().requireOnly(WORD_PIECE_KEYS);
            }
            case "Unigram" -> {
                require(scores != null, "a list of pieces and scores (model.vocab)");
                part().requireOnly(UNIGRAM_KEYS);
            }
            default ->
                throw new ClapException("The tokenizer " + file + " is of the kind " + kind()
                        + "; supported kinds are BPE, Unigram and WordPiece");
        }
    }

    /** Returns the kind, which old files do not name. */
    private String kind() {
        String guess = merges != null ? "BPE" : scores != null ? "Unigram" : "unknown";
        return options.path("type").asText(options.has("max_input_chars_per_word") ? "WordPiece" : guess);
    }

    private void require(boolean there, String what) {
        if (!there) {
            throw new ClapException("The tokenizer " + file + " lacks " + what);
        }
    }

    /**
     * Creates the model.
     *
     * @param all all tokens, including the added ones, one of which may be the unknown token
     */
    Model build(Map<String, Integer> all) {
        return switch (kind()) {
            case "WordPiece" -> wordPiece(all);
            case "Unigram" -> unigram();
            default -> bytePairs(all);
        };
    }

    private BytePairs bytePairs(Map<String, Integer> all) {
        JsonPart part = part();
        return BytePairs.of(
                file,
                ids,
                file,
                merges,
                new BytePairs.Options(
                        part.text("continuing_subword_prefix", ""),
                        part.text("end_of_word_suffix", ""),
                        part.has("unk_token") ? unknown(all) : null,
                        part.flag("fuse_unk", false),
                        part.flag("byte_fallback", false),
                        part.flag("ignore_merges", false),
                        false));
    }

    private Integer unknown(Map<String, Integer> all) {
        Integer unknown = all.get(part().text("unk_token"));
        if (unknown == null) {
            throw part().unexpected("unk_token", "a token of the vocabulary");
        }
        return unknown;
    }

    private WordPiece wordPiece(Map<String, Integer> all) {
        JsonPart part = part();
        int most = part.has("max_input_chars_per_word") ? part.number("max_input_chars_per_word") : 100;
        if (most > LONGEST_WORD) {
            throw part.unexpected("max_input_chars_per_word", "at most " + LONGEST_WORD);
        }
        return new WordPiece(
                ids, new WordPiece.Options(part.text("continuing_subword_prefix", "##"), unknown(all), most));
    }

    private Unigram unigram() {
        JsonPart part = part();
        OptionalInt unknown = part.has("unk_id") ? OptionalInt.of(part.number("unk_id")) : OptionalInt.empty();
        if (unknown.isPresent() && unknown.getAsInt() >= scores.size()) {
            throw part.unexpected("unk_id", "the id of a piece, less than " + scores.size());
        }
        double lowest = scores.stream().mapToDouble(Scored::score).min().orElse(0);
        int[] bytes = part.flag("byte_fallback", false) ? ByteTokens.ids(ids) : new int[0];
        return new Unigram(scores, new Unigram.Options(lowest, unknown, bytes));
    }

    private JsonPart part() {
        return new JsonPart(file, "model", options);
    }
}
