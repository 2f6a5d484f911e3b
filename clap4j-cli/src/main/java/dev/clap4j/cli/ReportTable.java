package dev.clap4j.cli;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.report.Outcome;
import dev.clap4j.evaluation.report.Report;
import java.util.ArrayList;
import java.util.List;

/** The figures of a report for a terminal: for each model and data set a line for each measure. */
final class ReportTable {
    private static final String LEGEND =
            "± is the sample deviation (n − 1) over runs or draws; ↓ less is better. Better and worse, beside CLIP: the 95 %"
                    + " interval of the difference leaves out 0; within noise: it holds 0.";

    private ReportTable() {}

    static String of(List<Report.Part> parts) {
        if (parts.isEmpty()) {
            return "Nothing was measured in these runs; the page lists what was trained or swept.";
        }
        StringBuilder text = new StringBuilder();
        for (Report.Part part : parts) {
            text.append(part.model())
                    .append(" on ")
                    .append(part.data())
                    .append(System.lineSeparator())
                    .append(table(part))
                    .append(System.lineSeparator())
                    .append(LEGEND)
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static Table table(Report.Part part) {
        List<String> titles = new ArrayList<>(List.of("Measure"));
        titles.addAll(part.methods());
        part.subjects().forEach(method -> titles.add(method + " is"));
        Table table = Table.of(titles.toArray(String[]::new));
        for (Outcome outcome : part.outcomes()) {
            List<String> cells = new ArrayList<>();
            cells.add(outcome.measure().heading() + (outcome.measure().moreIsBetter() ? "" : " ↓"));
            part.methods()
                    .forEach(method -> cells.add(outcome.of(method)
                            .map(spread -> spread.text(outcome.measure().decimals()))
                            .orElse("")));
            part.subjects()
                    .forEach(method -> cells.add(outcome.difference(method, Method.CLIP.name())
                            .map(Difference::words)
                            .orElse("")));
            table.row(cells.toArray());
        }
        return table;
    }
}
