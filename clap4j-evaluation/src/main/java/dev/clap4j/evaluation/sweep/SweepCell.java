package dev.clap4j.evaluation.sweep;

import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.prompt.PromptStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The accuracy of one head with one alpha, or of a model without a head.
 *
 * @param key identifies the cell
 * @param accuracy the mean over domains, in %, by prompt style
 * @param range R over C, PC and CP
 * @param deviation δ over C, PC and CP
 * @param noiseDrop Δ(NC)
 */
public record SweepCell(Key key, Map<String, Double> accuracy, double range, double deviation, double noiseDrop) {
    /**
     * Keeps the order of the map.
     *
     * @throws IllegalArgumentException if an accuracy is not a percentage, or that of a prompt style is missing
     */
    public SweepCell {
        accuracy = new LinkedHashMap<>(accuracy);
        requireStyles(accuracy.keySet());
        accuracy.values().forEach(Metrics::requirePercentage);
    }

    /** Checks that there are values for all prompt styles. */
    static void requireStyles(Set<String> styles) {
        List<String> wanted = Stream.of(PromptStyle.values()).map(Enum::name).toList();
        if (!styles.equals(Set.copyOf(wanted))) {
            throw new IllegalArgumentException("Accuracies are under " + styles + ", not " + wanted);
        }
    }

    /**
     * The key of a cell.
     *
     * @param model the model's index in the specification, from 0
     * @param settings the head's point in the grid; empty for a model without a head, or if nothing varies
     * @param seed the head's seed; null for a model without a head
     * @param alpha the value of alpha; null for a model without a head
     */
    public record Key(int model, Map<String, String> settings, Long seed, Float alpha) {
        /** Keeps the order of the map. */
        public Key {
            settings = new LinkedHashMap<>(settings);
        }

        static Key withoutHead(int model) {
            return new Key(model, Map.of(), null, null);
        }

        /** Returns this key without the seed. */
        Key withoutSeed() {
            return new Key(model, settings, null, alpha);
        }
    }

    static SweepCell of(Key key, MethodResult result) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        for (PromptResult prompt : result.prompts()) {
            accuracy.put(prompt.prompt(), prompt.mean());
        }
        return new SweepCell(key, accuracy, result.range(), result.deviation(), result.noiseDrop());
    }

    /** Returns the mean accuracy under C, PC and CP. */
    public double clean() {
        return Metrics.mean(accuracy.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(PromptStyle.NC.name()))
                .map(Map.Entry::getValue)
                .toList());
    }
}
