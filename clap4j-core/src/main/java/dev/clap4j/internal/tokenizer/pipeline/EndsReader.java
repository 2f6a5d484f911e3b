package dev.clap4j.internal.tokenizer.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the {@code post_processor} of a {@code tokenizer.json}: the tokens added around those of a text. */
final class EndsReader {
    private static final List<String> KINDS =
            List.of("RobertaProcessing", "BertProcessing", "TemplateProcessing", "ByteLevel", "Sequence");

    private static final int MOST_TOKENS = 10;

    private final Map<String, Integer> ids;

    /**
     * Creates a reader.
     *
     * @param ids ids of all tokens, including the added ones
     */
    EndsReader(Map<String, Integer> ids) {
        this.ids = ids;
    }

    Ends read(JsonPart part) {
        return read(part, 0);
    }

    private Ends read(JsonPart part, int depth) {
        switch (StepReader.kind(part)) {
            case "Sequence" -> {
                Ends ends = Ends.NONE;
                for (Ends outer : StepReader.sequence(part, "processors", depth, this::read)) {
                    ends = ends.within(outer);
                }
                return ends;
            }
            case "ByteLevel" -> {
                part.requireOnly(Set.of("type", "add_prefix_space", "trim_offsets", "use_regex"));
                return Ends.NONE;
            }
            case "RobertaProcessing", "BertProcessing" -> {
                part.requireOnly(Set.of("type", "sep", "cls", "add_prefix_space", "trim_offsets"));
                return Ends.of(token(part, "cls"), token(part, "sep"));
            }
            case "TemplateProcessing" -> {
                part.requireOnly(Set.of("type", "single", "pair", "special_tokens"));
                return template(part);
            }
            default -> throw StepReader.unknown(part, KINDS);
        }
    }

    /** Reads a token given as {@code [content, id]}. */
    private int token(JsonPart part, String key) {
        JsonNode pair = part.node().path(key);
        if (!pair.isArray()
                || pair.size() != 2
                || !pair.get(0).isTextual()
                || !pair.get(1).isInt()) {
            throw part.unexpected(key, "a token and its id");
        }
        int id = pair.get(1).asInt();
        requireId(part, pair.get(0).asText(), id);
        return id;
    }

    private void requireId(JsonPart part, String content, int id) {
        Integer known = ids.get(content);
        if (known == null || known != id) {
            throw part.refused("the token \"" + content + "\" is said to have the id " + id + ", but "
                    + (known == null ? "the vocabulary lacks it" : "it has " + known));
        }
    }

    private Ends template(JsonPart part) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        List<Integer> now = before;
        for (JsonPart piece : part.parts("single", MOST_TOKENS)) {
            piece.requireOnly(Set.of("Sequence", "SpecialToken"));
            if (piece.has("SpecialToken")) {
                now.addAll(special(part, piece.part("SpecialToken")));
            } else if (piece.part("Sequence").text("id").equals("A") && now == before) {
                now = after;
            } else {
                throw part.unexpected("single", "one Sequence A");
            }
        }
        if (now == before) {
            throw part.unexpected("single", "one Sequence A");
        }
        return new Ends(array(before), array(after));
    }

    private List<Integer> special(JsonPart template, JsonPart piece) {
        piece.requireOnly(Set.of("id", "type_id"));
        JsonPart all = template.part("special_tokens");
        String name = piece.text("id");
        if (!all.has(name)) {
            throw template.refused("special_tokens lacks the token \"" + name + "\"");
        }
        JsonPart token = all.part(name);
        token.requireOnly(Set.of("id", "ids", "tokens"));
        JsonNode found = token.node().path("ids");
        JsonNode contents = token.node().path("tokens");
        if (!found.isArray() || found.size() > MOST_TOKENS || !contents.isArray() || contents.size() != found.size()) {
            throw token.unexpected("ids", "as many ids as tokens, and at most " + MOST_TOKENS);
        }
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            if (!found.get(i).isInt()) {
                throw token.unexpected("ids", "whole numbers");
            }
            requireId(token, contents.get(i).asText(), found.get(i).asInt());
            tokens.add(found.get(i).asInt());
        }
        return tokens;
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
