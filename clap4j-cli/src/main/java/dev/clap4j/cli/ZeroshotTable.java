package dev.clap4j.cli;

import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.internal.classify.AlphaSelection;
import java.util.ArrayList;
import java.util.List;

/** A zero-shot report for a terminal: a line for each method and prompt, what concerns all prompts on the first. */
final class ZeroshotTable {
    private ZeroshotTable() {}

    static String of(ZeroShotReport report) {
        List<String> titles = new ArrayList<>(List.of("Method", "Prompt"));
        titles.addAll(report.domains());
        titles.addAll(List.of("Mean", "R", "δ", "Δ(NC)"));
        Table table = Table.of(titles.toArray(String[]::new));
        for (MethodResult method : report.methods()) {
            for (PromptResult prompt : method.prompts()) {
                table.row(line(method, prompt).toArray());
            }
        }
        String about = report.images() + " images, " + report.classes().size() + " classes, accuracy in %";
        StringBuilder choices = new StringBuilder();
        report.selections().forEach((head, selection) -> choices.append(System.lineSeparator())
                .append(report.selections().size() == 1 ? "" : head + ": ")
                .append(chosen(selection)));
        return table + System.lineSeparator() + about + choices;
    }

    private static List<String> line(MethodResult method, PromptResult prompt) {
        boolean first = prompt.equals(method.prompts().get(0));
        List<String> cells = new ArrayList<>(List.of(first ? method.method() : "", prompt.prompt()));
        prompt.accuracy().values().forEach(accuracy -> cells.add(Metrics.twoDecimals(accuracy)));
        cells.add(Metrics.twoDecimals(prompt.mean()));
        for (Double overall : new Double[] {method.range(), method.deviation(), method.noiseDrop()}) {
            cells.add(first && overall != null ? Metrics.twoDecimals(overall) : "");
        }
        return cells;
    }

    /** Describes the choice of α. */
    static String chosen(AlphaSelection selection) {
        return "α=" + selection.alpha() + " was chosen by "
                + (selection.fromImages() ? "the prompts and the images" : "the prompts alone") + ", without labels";
    }
}
