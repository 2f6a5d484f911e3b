package dev.clap4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Scores as {@code --json} prints them and {@code scores.jsonl} holds them.
 *
 * @param rows a row for each score
 */
record ScoreRows(List<JsonNode> rows) {
    private static final JsonMapper JSON = new JsonMapper();

    static ScoreRows of(CommandRun run) {
        return parse(run.out());
    }

    static ScoreRows in(Path folder) throws IOException {
        return parse(Files.readString(folder.resolve("scores.jsonl")));
    }

    private static ScoreRows parse(String lines) {
        return new ScoreRows(lines.lines().map(ScoreRows::row).toList());
    }

    private static JsonNode row(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not a row: " + line, e);
        }
    }

    /** Returns the rows that have the given values, such as {@code "method", "CLAP", "alpha", "0.25"}. */
    ScoreRows with(String... condition) {
        return new ScoreRows(
                rows.stream().filter(row -> matches(row, condition)).toList());
    }

    private static boolean matches(JsonNode row, String... condition) {
        for (int i = 0; i < condition.length; i += 2) {
            if (!row.path(condition[i]).asText().equals(condition[i + 1])) {
                return false;
            }
        }
        return true;
    }

    List<Double> values() {
        return rows.stream().map(row -> row.get("value").asDouble()).toList();
    }

    double mean() {
        return values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The different values of a field, in order; rows without it have an empty one. */
    List<String> each(String field) {
        return rows.stream().map(row -> row.path(field).asText()).distinct().toList();
    }
}
