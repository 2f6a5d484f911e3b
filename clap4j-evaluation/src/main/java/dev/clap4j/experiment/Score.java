package dev.clap4j.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.clap4j.ClapException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A measured value: a row of {@code scores.jsonl}.
 *
 * @param measure the quantity
 * @param condition the condition under which it was measured
 * @param value its value in the measure's unit, finite
 */
public record Score(Measure measure, Condition condition, double value) {
    private static final String MEASURE = "measure";
    private static final String VALUE = "value";

    /** Dimensions whose values are names, even if they look like numbers. */
    private static final Set<String> NAMES = Set.of(
            Condition.DATA, Condition.MODEL, Condition.METHOD, Condition.PROMPT, Condition.ATTACK, Condition.DOMAIN);

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Score {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("The score " + measure.id() + " of " + condition + " is " + value);
        }
    }

    /** Returns the row: the measure, each dimension under its name, and the value. */
    @JsonValue
    public Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(MEASURE, measure.id());
        condition.values().forEach((name, text) -> row.put(name, NAMES.contains(name) ? text : number(text)));
        row.put(VALUE, value);
        return row;
    }

    /** Returns a number if the text is one in the shortest form. */
    private static Object number(String text) {
        if (text.matches("-?(0|[1-9]\\d{0,17})")) {
            return Long.valueOf(text);
        }
        boolean real = text.matches("-?\\d+\\.\\d+(E-?\\d+)?");
        return real && Double.toString(Double.parseDouble(text)).equals(text) ? (Object) Double.valueOf(text) : text;
    }

    /**
     * Returns the score of a row.
     *
     * @throws ClapException if the measure or the value is missing
     */
    public static Score of(Map<String, ?> row) {
        if (!(row.get(MEASURE) instanceof String id) || !(row.get(VALUE) instanceof Number value)) {
            throw new ClapException("a score has a measure and a numeric value, unlike " + row);
        }
        Map<String, String> condition = new LinkedHashMap<>();
        row.forEach((name, text) -> {
            if (!name.equals(MEASURE) && !name.equals(VALUE)) {
                condition.put(name, String.valueOf(text));
            }
        });
        return new Score(Measurements.measure(id), new Condition(condition), value.doubleValue());
    }
}
