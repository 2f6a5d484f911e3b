package dev.clap4j.experiment;

import java.util.List;

/**
 * Looks up scores in tests.
 *
 * @param results the scores
 */
public record ResultQuery(Results results) {
    /**
     * Returns the scores of a measure, in their order.
     *
     * @param condition pairs such as {@code method=CLAP} that the scores match
     */
    public List<Score> of(String measure, String... condition) {
        Condition wanted = condition(condition);
        return results.scores().stream()
                .filter(score -> score.measure().id().equals(measure)
                        && score.condition().matches(wanted))
                .toList();
    }

    /** Returns the values of these scores, in their order. */
    public List<Double> values(String measure, String... condition) {
        return of(measure, condition).stream().map(Score::value).toList();
    }

    /** Returns the mean of these scores, of which there is at least one. */
    public double mean(String measure, String... condition) {
        return values(measure, condition).stream()
                .mapToDouble(value -> value)
                .average()
                .orElseThrow();
    }

    /** Returns the values of a dimension in these scores, each once. */
    public List<String> dimension(String name, String measure, String... condition) {
        return of(measure, condition).stream()
                .map(score -> score.condition().get(name))
                .distinct()
                .toList();
    }

    /** Returns a condition of pairs such as {@code method=CLAP}. */
    public static Condition condition(String... pairs) {
        Condition condition = Condition.NONE;
        for (String pair : pairs) {
            condition = condition.with(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
        }
        return condition;
    }
}
