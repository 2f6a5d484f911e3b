package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.ZeroShotPlot;
import dev.clap4j.evaluation.ZeroShotReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The section on zero-shot accuracy by prompt and domain, and on its sensitivity to prompts (CLAP, section 4.1). */
final class ZeroShotPart {
    private ZeroShotPart() {}

    static String html(List<Measured<ZeroShotReport>> runs) {
        StringBuilder html = new StringBuilder();
        for (Measured.Alike<ZeroShotReport> alike : Measured.alike(runs, ZeroShotPart::shape)) {
            List<ZeroShotReport> reports = alike.results();
            html.append(alike.heading())
                    .append(Picture.plot(ZeroShotPlot.of(reports), "Zero-shot accuracy by prompt and domain"));
            html.append(domains(alike)).append(prompts(alike));
        }
        return html.isEmpty() ? "" : Html.text("h3", "Zero-shot") + html;
    }

    private static List<String> shape(ZeroShotReport report) {
        List<String> shape = new ArrayList<>(report.domains());
        report.methods().get(0).prompts().forEach(prompt -> shape.add(prompt.prompt()));
        return shape;
    }

    private static String domains(Measured.Alike<ZeroShotReport> alike) {
        List<ZeroShotReport> reports = alike.results();
        ZeroShotReport first = reports.get(0);
        List<String> titles = new ArrayList<>(List.of("Method", "Prompt"));
        titles.addAll(first.domains());
        titles.add("Mean");
        List<List<String>> rows = new ArrayList<>();
        for (int m = 0; m < first.methods().size(); m++) {
            for (int p = 0; p < first.methods().get(m).prompts().size(); p++) {
                List<String> row = new ArrayList<>();
                row.add(Html.escape(alike.method(m)));
                row.add(Html.escape(first.methods().get(m).prompts().get(p).prompt()));
                first.domains().forEach(domain -> row.add(""));
                rows.add(row);
                fill(row, reports, m, p);
            }
        }
        return Html.table(
                "Accuracy in percent of " + first.images() + " images, "
                        + first.classes().size() + " classes" + Cells.over(reports.size()) + ".",
                2,
                titles,
                rows);
    }

    private static void fill(List<String> row, List<ZeroShotReport> reports, int method, int prompt) {
        List<PromptResult> results = reports.stream()
                .map(report -> report.methods().get(method).prompts().get(prompt))
                .toList();
        List<String> domains = reports.get(0).domains();
        IntStream.range(0, domains.size())
                .forEach(d -> row.set(
                        2 + d,
                        Cells.spread(
                                results.stream()
                                        .map(result -> result.accuracy().get(domains.get(d)))
                                        .toList(),
                                2)));
        row.add(Cells.spread(results.stream().map(PromptResult::mean).toList(), 2));
    }

    private static String prompts(Measured.Alike<ZeroShotReport> alike) {
        List<ZeroShotReport> reports = alike.results();
        List<List<String>> rows = IntStream.range(0, reports.get(0).methods().size())
                .mapToObj(m -> List.of(
                        Html.escape(alike.method(m)),
                        figure(reports, m, MethodResult::range),
                        figure(reports, m, MethodResult::deviation),
                        figure(reports, m, MethodResult::noiseDrop)))
                .toList();
        return Html.table(
                "How much the prompt matters, in percentage points; less is better.",
                List.of("Method", "R", "δ", "Δ(NC)"),
                rows);
    }

    private static String figure(List<ZeroShotReport> reports, int method, Function<MethodResult, Double> figure) {
        List<Double> values = new ArrayList<>();
        reports.forEach(report -> values.add(figure.apply(report.methods().get(method))));
        return Cells.spread(values, 2);
    }
}
