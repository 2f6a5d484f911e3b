package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.attack.AttackPlot;
import dev.clap4j.evaluation.attack.AttackReport;
import dev.clap4j.evaluation.attack.AttackRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The section on adversarial attacks (CLAP, section 4.2). */
final class AttackPart {
    private AttackPart() {}

    static String html(List<Measured<AttackReport>> runs) {
        StringBuilder html = new StringBuilder();
        Measured.by(runs, AttackPart::target).stream()
                .flatMap(target -> Measured.alike(target, AttackPart::shape).stream())
                .forEach(alike -> html.append(html(alike)));
        return html.isEmpty() ? "" : Html.text("h3", "Adversarial attacks") + html;
    }

    private static List<String> shape(AttackReport report) {
        List<String> shape = new ArrayList<>(report.domains());
        report.methods().get(0).rows().forEach(row -> shape.add(row.attack()));
        return shape;
    }

    /** Returns the attacked classifier and the threat model. */
    static String target(AttackReport report) {
        return (report.classifier().equals("zeroshot") ? "Zero-shot classifier" : "1-shot probe") + ", threat "
                + report.threat();
    }

    private static String html(Measured.Alike<AttackReport> alike) {
        List<AttackReport> reports = alike.results();
        return Html.text("h4", target(reports.get(0)) + (alike.label().isEmpty() ? "" : "; " + alike.label()))
                + Picture.plot(AttackPlot.of(reports), "Accuracy by attack")
                + table(reports)
                + warnings(reports)
                + grids(alike.runs().get(0));
    }

    private static String table(List<AttackReport> reports) {
        AttackReport first = reports.get(0);
        List<String> titles = new ArrayList<>(List.of("Method", "Attack"));
        titles.addAll(first.domains());
        titles.addAll(List.of("Mean", "Success"));
        List<List<String>> rows = new ArrayList<>();
        for (int m = 0; m < first.methods().size(); m++) {
            for (int a = 0; a < first.methods().get(m).rows().size(); a++) {
                rows.add(row(reports, m, a));
            }
        }
        return Html.table(
                "Accuracy in percent of " + first.images() + " images" + (reports.size() == 1 ? "" : " a run")
                        + Cells.over(reports.size())
                        + ". Success: how many of the images recognised without attack are not any more.",
                2,
                titles,
                rows);
    }

    private static List<String> row(List<AttackReport> reports, int method, int attack) {
        List<AttackRow> rows = reports.stream()
                .map(report -> report.methods().get(method).rows().get(attack))
                .toList();
        AttackReport first = reports.get(0);
        List<String> cells = new ArrayList<>(List.of(
                Html.escape(first.methods().get(method).method()),
                Html.escape(rows.get(0).attack())));
        first.domains()
                .forEach(domain -> cells.add(Cells.spread(
                        rows.stream()
                                .map(row -> row.attacked().accuracy().get(domain))
                                .toList(),
                        2)));
        cells.add(Cells.spread(rows.stream().map(row -> row.attacked().mean()).toList(), 2));
        boolean measured =
                attack > 0 && rows.stream().map(AttackRow::successRate).allMatch(Objects::nonNull);
        cells.add(
                measured
                        ? Cells.spread(rows.stream().map(AttackRow::successRate).toList(), 2)
                        : "");
        return cells;
    }

    private static String warnings(List<AttackReport> reports) {
        TreeSet<String> warnings = new TreeSet<>();
        reports.forEach(report -> warnings.addAll(report.warnings()));
        StringBuilder html = new StringBuilder();
        warnings.forEach(warning -> html.append(Html.text("li", warning)));
        return html.isEmpty()
                ? ""
                : "<p>What casts doubt on these figures:</p>\n" + Html.element("ul", html.toString());
    }

    /** Returns the images of the first run; other seeds show other images. */
    private static String grids(Measured<AttackReport> run) {
        StringBuilder html = new StringBuilder();
        List<String> pictures = run.result().pictures();
        for (int m = 0; m < pictures.size(); m++) {
            html.append(Picture.ofRun(
                    run.run(),
                    List.of(pictures.get(m)),
                    run.result().methods().get(m).method() + ": images, changes (magnified) and attacked images"));
        }
        return html.isEmpty() ? "" : "<details><summary>Attacked images</summary>\n" + html + "</details>\n";
    }
}
