package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.Score;
import dev.clap4j.plot.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A section of a report: the answer, the tables in which methods are compared, and a part for each measurement.
 *
 * @param title the models and the data set, or the title of a sweep
 * @param answer the answer in a paragraph
 * @param summary the tables of the answer
 * @param pairs a table of differences for each pair of methods, if there are several pairs
 * @param parts a part for each measurement
 * @param runs its runs
 */
record Chapter(
        String title,
        String answer,
        List<ResultTable> summary,
        List<ResultTable> pairs,
        List<Part> parts,
        List<SavedRun> runs) {
    /**
     * Tables and figures of one measurement.
     *
     * @param figures the figures by file name
     * @param doubts reasons to doubt the values
     */
    record Part(String title, List<ResultTable> tables, Map<String, Figure> figures, List<String> doubts) {}

    static Chapter of(Section section) {
        return SweepTable.isSweep(section.first()) ? sweep(section) : measured(section);
    }

    private static Chapter sweep(Section section) {
        SweepTable sweep = new SweepTable(section.first());
        Map<String, Figure> figures = new LinkedHashMap<>();
        sweep.figure().ifPresent(figure -> figures.put("sweep", figure));
        return new Chapter(
                sweep.title(),
                sweep.words(),
                List.of(sweep.table()),
                List.of(),
                List.of(new Part("", List.of(), figures, List.of())),
                section.runs());
    }

    private static Chapter measured(Section section) {
        Comparison comparison = new Comparison(section);
        Summary summary = new Summary(section, comparison);
        List<ResultTable> tables = new ArrayList<>(List.of(summary.table()));
        summary.published().ifPresent(tables::add);
        List<Part> parts = new ArrayList<>();
        for (Measurement measurement : section.measurements()) {
            List<String> data = section.parts();
            for (String part : data.isEmpty() ? List.of("") : data) {
                part(section, measurement, part).ifPresent(parts::add);
            }
        }
        Optional<String> quickstart = summary.isQuickstart() ? QuickstartWords.of(comparison) : Optional.empty();
        return new Chapter(
                section.title(), quickstart.orElseGet(summary::words), tables, summary.pairs(), parts, section.runs());
    }

    /** Returns a measurement on a part of the data; empty if there is none. */
    private static Optional<Part> part(Section section, Measurement measurement, String part) {
        List<Observation> observations = section.observations(part);
        String title = measurement.layout().title() + (part.isEmpty() ? "" : ", " + part + " domains");
        List<ResultTable> tables = new ArrayList<>();
        measurement.layout().tables().forEach(layout -> {
            List<Observation> own = observations.stream()
                    .filter(each -> layout.measures().contains(each.measure()))
                    .toList();
            if (!own.isEmpty()) {
                tables.add(Pivot.of(layout, own, title, section.about(part, own)));
            }
        });
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        measurement.layout().plots().forEach(plot -> {
            List<Observation> own = observations.stream()
                    .filter(each -> plot.measures().contains(each.measure()))
                    .toList();
            String name = measurement.id() + (part.isEmpty() ? "" : "-" + part);
            Charts.of(plot, own, section.about(part, own) + ".")
                    .ifPresent(figure ->
                            figures.put(figures.containsKey(name) ? name + "-" + (figures.size() + 1) : name, figure));
        });
        return Optional.of(new Part(title, tables, figures, doubts(section, measurement, part)));
    }

    private static List<String> doubts(Section section, Measurement measurement, String part) {
        return section.runs().stream()
                .flatMap(run ->
                        measurement
                                .warnings(run.scores().stream()
                                        .filter(score -> isOf(score, part))
                                        .toList())
                                .stream())
                .distinct()
                .toList();
    }

    private static boolean isOf(Score score, String part) {
        return part.isEmpty() || part.equals(score.condition().get(Condition.DATA));
    }

    /** Returns the tables of all parts, and what casts doubt on them; the summary if they have none, as in a sweep. */
    List<ResultTable> details() {
        List<ResultTable> details = new ArrayList<>();
        for (Part part : parts) {
            details.addAll(part.tables);
            if (!part.doubts.isEmpty()) {
                details.add(doubts(part));
            }
        }
        return details.isEmpty() ? summary : details;
    }

    /** Returns what casts doubt on the values of a part. */
    static ResultTable doubts(Part part) {
        return new ResultTable(
                part.title,
                List.of("Reasons to doubt these values"),
                1,
                part.doubts.stream().map(List::of).toList(),
                "");
    }
}
