package dev.clap4j.cli;

import dev.clap4j.evaluation.report.Outcome;
import dev.clap4j.evaluation.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a report for a terminal: for each model and data set a line for each measure. */
final class ReportTable {
    private ReportTable() {}

    static String of(List<Report.Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Report.Part part : parts) {
            text.append(part.model())
                    .append(" on ")
                    .append(part.data())
                    .append(System.lineSeparator())
                    .append(table(part))
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static Table table(Report.Part part) {
        List<String> kinds = part.kinds();
        List<String> titles = new ArrayList<>(List.of("Measure"));
        titles.addAll(kinds);
        titles.add("CLAP is");
        Table table = Table.of(titles.toArray(String[]::new));
        for (Outcome outcome : part.outcomes()) {
            List<String> cells = new ArrayList<>();
            cells.add(outcome.measure().title() + (outcome.measure().moreIsBetter() ? "" : " (less is better)"));
            kinds.forEach(kind -> cells.add(outcome.of(kind)
                    .map(spread -> spread.text(outcome.measure().decimals()))
                    .orElse("")));
            cells.add(outcome.verdict("CLAP", "CLIP")
                    .map(verdict -> verdict.name().toLowerCase(Locale.ROOT))
                    .orElse(""));
            table.row(cells.toArray());
        }
        return table;
    }
}
