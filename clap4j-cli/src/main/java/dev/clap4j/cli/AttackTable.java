package dev.clap4j.cli;

import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.attack.AttackReport;
import dev.clap4j.evaluation.attack.AttackRow;
import dev.clap4j.evaluation.attack.MethodRobustness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report of attacks for a terminal: one line per method and attack. */
final class AttackTable {
    private AttackTable() {}

    static String of(AttackReport report) {
        List<PromptResult> prompts = report.methods().get(0).rows().get(0).prompts();
        List<String> titles = new ArrayList<>(List.of("Method", "Attack"));
        titles.addAll(report.domains());
        titles.addAll(List.of("Mean", "Success"));
        prompts.stream().skip(1).forEach(prompt -> titles.add(prompt.prompt()));
        Table table = Table.of(titles.toArray(String[]::new));
        for (MethodRobustness method : report.methods()) {
            for (AttackRow row : method.rows()) {
                table.row(line(method, row, prompts.size()).toArray());
            }
        }
        return table + System.lineSeparator() + about(report);
    }

    private static List<String> line(MethodRobustness method, AttackRow row, int prompts) {
        boolean first = row.equals(method.rows().get(0));
        List<String> cells = new ArrayList<>(List.of(first ? method.method() : "", row.attack()));
        row.attacked().accuracy().values().forEach(accuracy -> cells.add(Metrics.twoDecimals(accuracy)));
        cells.add(Metrics.twoDecimals(row.attacked().mean()));
        cells.add(first || row.successRate() == null ? "" : Metrics.twoDecimals(row.successRate()));
        for (int i = 1; i < prompts; i++) {
            boolean shown = i < row.prompts().size();
            cells.add(shown ? Metrics.twoDecimals(row.prompts().get(i).mean()) : "");
        }
        return cells;
    }

    private static String about(AttackReport report) {
        boolean zeroShot = report.classifier().equals("zeroshot");
        return report.images() + " images, " + report.classes().size() + " classes, accuracy in %; "
                + (zeroShot ? "zero-shot with the class names (C)" : "linear probe on one labelled image a class")
                + " under attack" + (zeroShot ? ", means of the other prompts on the same images" : "")
                + System.lineSeparator()
                + "Success: % of the images recognised without attack that are not any more; ε = " + report.epsilon()
                + " of " + (report.threat().equals("pixel") ? "a pixel's range" : "the normalised image") + " (L∞) = "
                + levels(report.epsilonLevels());
    }

    private static String levels(List<Double> levels) {
        return levels.stream()
                .map(level -> String.format(Locale.ROOT, "%.1f/255", level))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
