package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.fewshot.FewShotCurves;
import dev.clap4j.evaluation.fewshot.FewShotPlot;
import dev.clap4j.evaluation.fewshot.FewShotPoint;
import dev.clap4j.evaluation.fewshot.ProbeScope;
import java.util.ArrayList;
import java.util.List;

/** The section on linear probes with few labelled images (CLAP, section 4.2). */
final class FewShotPart {
    private FewShotPart() {}

    static String html(List<Measured<FewShotCurves>> runs) {
        StringBuilder html = new StringBuilder();
        for (Measured.Alike<FewShotCurves> alike : Measured.alike(runs, FewShotPart::shape)) {
            FewShotCurves curves = FewShotCurves.together(alike.results());
            html.append(alike.heading()).append(Picture.plot(FewShotPlot.of(curves), "Accuracy by labelled images"));
            html.append(table(curves));
        }
        return html.isEmpty() ? "" : Html.text("h3", "Few-shot") + html;
    }

    private static List<String> shape(FewShotCurves curves) {
        List<String> shape = new ArrayList<>(curves.setting().domains());
        curves.setting().shots().forEach(shots -> shape.add(String.valueOf(shots)));
        return shape;
    }

    private static String table(FewShotCurves curves) {
        List<String> titles = new ArrayList<>(List.of("Method", "Shots"));
        titles.addAll(curves.setting().domains());
        titles.addAll(List.of("Mean", "Other images", "Other domains"));
        int draws = curves.setting().seeds().size();
        List<List<String>> rows = curves.points().stream().map(FewShotPart::row).toList();
        return Html.table(
                "Accuracy in percent of " + curves.setting().probe() + " linear probes" + (draws == 1 ? "" : "; ")
                        + Spread.legend(draws, "draws of labelled images")
                        + ". Domains and their mean include the labelled images, as published;"
                        + " the last two columns do not.",
                2,
                titles,
                rows);
    }

    private static List<String> row(FewShotPoint point) {
        List<String> row = new ArrayList<>(List.of(Html.escape(point.method()), String.valueOf(point.shots())));
        point.domains().values().forEach(domain -> row.add(Cells.spread(domain.within(), 2)));
        for (ProbeScope reach : ProbeScope.values()) {
            row.add(
                    point.mean().of(reach) == null
                            ? ""
                            : Cells.spread(point.mean().of(reach), 2));
        }
        return row;
    }
}
