package dev.clap4j.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.report.Comparison.Row;
import dev.clap4j.training.Preset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The published values for one model and data set, averaged over the domains: an entry per method, none if there
 * is no such data set.
 */
record Published(String dataset, List<Entry> entries) {
    /** No published values. */
    static final Published NONE = new Published(null, List.of());

    /** The threat model of the published attacks. */
    private static final String OFFICIAL = "official";

    /**
     * The values of a method with OpenAI's model of an architecture; unpublished ones are absent. Accuracy is by
     * prompt, by number of shots, and by attack on the zero-shot classifier (C) and on the 1-shot probe.
     */
    record Entry(
            String model,
            String dataset,
            String method,
            Map<String, Double> zeroshot,
            Map<String, Double> fewshot,
            Map<String, Double> zeroshotAttacks,
            Map<String, Double> oneshotAttacks) {
        private Entry withoutAttacks() {
            return new Entry(model, dataset, method, zeroshot, fewshot, Map.of(), Map.of());
        }

        /** Returns the value of a measure under a condition; null if it is not published. */
        Double of(String measure, Condition condition) {
            String attack = String.valueOf(condition.get(Condition.ATTACK));
            List<Double> clean = Stream.of("C", "PC", "CP")
                    .map(zeroshot::get)
                    .filter(Objects::nonNull)
                    .toList();
            return switch (measure) {
                case "zeroshot" -> zeroshot.get(condition.get(Condition.PROMPT));
                case "zeroshot-mean" -> (Double) Metrics.mean(clean);
                case "zeroshot-range" -> (Double) Metrics.range(clean);
                case "zeroshot-deviation" -> (Double) Metrics.deviation(clean);
                case "zeroshot-noise-drop" -> (Double) (zeroshot.get("C") - zeroshot.get("NC"));
                case "probe" -> fewshot.get(condition.get(Condition.SHOTS));
                case "attacked" -> "C".equals(condition.get(Condition.PROMPT)) ? zeroshotAttacks.get(attack) : null;
                case "attacked-1-shot" -> oneshotAttacks.get(attack);
                default -> null;
            };
        }
    }

    /** Returns the published values of a section's model and data set. */
    static Published of(Section section) {
        List<SavedRun> runs = section.runs();
        List<String> architectures = runs.stream()
                .flatMap(run -> run.description().path("models").valueStream())
                .map(model -> model.path("architecture").asText())
                .distinct()
                .toList();
        List<String> classes = section.data("")
                .path("classes")
                .valueStream()
                .map(SavedRun::text)
                .toList();
        Published found = architectures.size() == 1 ? find(architectures.get(0), classes) : NONE;
        // Other attacks than the published ones are not compared with them.
        boolean official = runs.stream()
                .map(run -> run.option("threat"))
                .allMatch(threat -> threat.isEmpty() || threat.equals(OFFICIAL));
        return official
                ? found
                : new Published(
                        found.dataset,
                        found.entries.stream().map(Entry::withoutAttacks).toList());
    }

    /** Finds the published values for a model and a data set, identified by its classes. */
    static Published find(String architecture, List<String> classes) {
        List<Entry> entries = all().stream()
                .filter(entry -> entry.model.equals(architecture)
                        && Stream.of(Preset.values())
                                .anyMatch(preset -> preset.name().equalsIgnoreCase(entry.dataset)
                                        && preset.classes().equals(classes)))
                .toList();
        return entries.isEmpty() ? NONE : new Published(entries.get(0).dataset, entries);
    }

    static List<Entry> all() {
        try (InputStream in = Published.class.getResourceAsStream("published.json")) {
            return new JsonMapper().readValue(in, new TypeReference<List<Entry>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("published.json", e);
        }
    }

    /** Returns the value of a method, whatever its name tells of its settings; null if it is not published. */
    Double of(Row row, String method) {
        return entries.stream()
                .filter(entry -> method.equals(entry.method) || method.startsWith(entry.method + " ("))
                .map(entry -> entry.of(row.measure().id(), row.condition()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
