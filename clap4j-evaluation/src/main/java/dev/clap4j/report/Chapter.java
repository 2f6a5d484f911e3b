package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.plot.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A section of a report, titled by the models and the data set or by a sweep: the answer in a paragraph, its tables, a
 * table of differences for each pair of methods if there are several, and a part for each measurement.
 */
record Chapter(
        String title,
        String answer,
        List<ResultTable> summary,
        List<ResultTable> pairs,
        List<Part> parts,
        List<SavedRun> runs) {
    /** Tables and figures, by file name, of one measurement, and reasons to doubt the values. */
    record Part(String title, List<ResultTable> tables, Map<String, Figure> figures, List<String> doubts) {
        /** Returns the tables, and last the reasons to doubt the values. */
        Stream<ResultTable> all() {
            List<List<String>> rows = doubts.stream().map(List::of).toList();
            return Stream.concat(
                    tables.stream(),
                    doubts.isEmpty()
                            ? Stream.of()
                            : Stream.of(new ResultTable(title, List.of("Reasons to doubt these values"), 1, rows, "")));
        }
    }

    static Chapter of(Section section) {
        if (section.first().isSweep()) {
            SweepTable sweep = new SweepTable(section.first());
            Map<String, Figure> figures =
                    sweep.figure().map(figure -> Map.of("sweep", figure)).orElse(Map.of());
            return new Chapter(
                    sweep.title(),
                    sweep.words(),
                    List.of(sweep.table()),
                    List.of(),
                    List.of(new Part("", List.of(), figures, List.of())),
                    section.runs());
        }
        Summary summary = new Summary(section);
        List<String> data = section.observations().values(Condition.DATA);
        List<Part> parts = section.measurements().stream()
                .flatMap(measurement ->
                        (data.isEmpty() ? Stream.of("") : data.stream()).map(part -> part(section, measurement, part)))
                .filter(part -> !part.tables.isEmpty())
                .toList();
        return new Chapter(section.title(), summary.words(), summary.tables(), summary.pairs(), parts, section.runs());
    }

    /** Returns a measurement on a part of the data. */
    private static Part part(Section section, Measurement measurement, String data) {
        Observations observations =
                data.isEmpty() ? section.observations() : section.observations().with(Condition.DATA, data);
        String title = measurement.layout().title() + (data.isEmpty() ? "" : ", " + data + " domains");
        List<ResultTable> tables = new ArrayList<>();
        measurement.layout().tables().forEach(layout -> {
            Observations own = observations.of(layout.measures());
            String heading = layout.title().isEmpty() ? title : title + ": " + layout.title();
            if (!own.isEmpty()) {
                tables.add(Pivot.of(layout, own, heading, section.about(data, own)));
            }
        });
        Map<String, Figure> figures = new LinkedHashMap<>();
        measurement.layout().plots().forEach(plot -> {
            Observations own = observations.of(plot.measures());
            String name = measurement.id() + (data.isEmpty() ? "" : "-" + data);
            Charts.of(plot, own, section.about(data, own) + ".")
                    .ifPresent(figure ->
                            figures.put(figures.containsKey(name) ? name + "-" + (figures.size() + 1) : name, figure));
        });
        List<String> doubts = section.runs().stream()
                .map(run -> run.scores().stream()
                        .filter(score ->
                                data.isEmpty() || data.equals(score.condition().get(Condition.DATA)))
                        .toList())
                .flatMap(scores -> measurement.warnings(scores).stream())
                .distinct()
                .toList();
        return new Part(title, tables, figures, doubts);
    }

    /** Returns the tables of all parts, and what casts doubt on them; the summary if they have none, as in a sweep. */
    List<ResultTable> details() {
        List<ResultTable> details = parts.stream().flatMap(Part::all).toList();
        return details.isEmpty() ? summary : details;
    }
}
