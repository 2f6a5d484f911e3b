package dev.clap4j.evaluation.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.training.Preset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The published values for one model and data set, averaged over the domains.
 *
 * @param dataset the benchmark; null if there is none
 * @param entries one entry per method
 */
record Published(String dataset, List<Entry> entries) {
    /** No published values. */
    static final Published NONE = new Published(null, List.of());

    /**
     * The values of a method; unpublished ones are absent.
     *
     * @param model the architecture of OpenAI's model
     * @param zeroshot accuracy by prompt
     * @param fewshot accuracy by number of shots
     * @param zeroshotAttacks accuracy of the zero-shot classifier (C) by attack
     * @param oneshotAttacks accuracy of the 1-shot probe by attack
     */
    record Entry(
            String model,
            String dataset,
            String method,
            Map<String, Double> zeroshot,
            Map<String, Double> fewshot,
            Map<String, Double> zeroshotAttacks,
            Map<String, Double> oneshotAttacks) {

        Double of(ReportMetric measure) {
            return switch (measure.part()) {
                case ReportMetric.ZERO_SHOT -> zeroShot(measure.name());
                case ReportMetric.FEW_SHOT -> fewshot.get(measure.name());
                case ReportMetric.ATTACKED -> zeroshotAttacks.get(measure.name());
                case ReportMetric.ATTACKED_ONE_SHOT -> oneshotAttacks.get(measure.name());
                default -> null;
            };
        }

        private Double zeroShot(String name) {
            List<Double> clean = List.of("C", "PC", "CP").stream()
                    .map(zeroshot::get)
                    .filter(Objects::nonNull)
                    .toList();
            return switch (name) {
                case "mean" -> (Double) Metrics.mean(clean);
                case "R" -> (Double) Metrics.range(clean);
                case "δ" -> (Double) Metrics.deviation(clean);
                case "Δ(NC)" -> (Double) (zeroshot.get("C") - zeroshot.get("NC"));
                default -> zeroshot.get(name);
            };
        }
    }

    /** Finds the published values for a model and a data set, identified by its classes. */
    static Published find(String architecture, List<String> classes) {
        Optional<Preset> benchmark = List.of(Preset.values()).stream()
                .filter(preset -> preset.classes().equals(classes))
                .findFirst();
        if (benchmark.isEmpty()) {
            return NONE;
        }
        List<Entry> entries = all().stream()
                .filter(entry -> entry.model.equals(architecture)
                        && entry.dataset
                                .toUpperCase(Locale.ROOT)
                                .equals(benchmark.get().name()))
                .toList();
        return entries.isEmpty() ? NONE : new Published(entries.get(0).dataset, entries);
    }

    /** Returns all published values. */
    static List<Entry> all() {
        try (InputStream in = Published.class.getResourceAsStream("published.json")) {
            return new JsonMapper().readValue(in, new TypeReference<List<Entry>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("published.json", e);
        }
    }

    /** Returns the published values by method. */
    Map<String, Double> of(ReportMetric measure) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Double figure = entry.of(measure);
            if (figure != null) {
                figures.put(entry.method, figure);
            }
        }
        return figures;
    }
}
