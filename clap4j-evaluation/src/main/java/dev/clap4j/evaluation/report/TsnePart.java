package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.tsne.TsneDomain;
import dev.clap4j.evaluation.tsne.TsneProtocol;
import dev.clap4j.evaluation.tsne.TsneReport;
import dev.clap4j.evaluation.tsne.TsneResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The section with t-SNE maps of image features by class, and the separation of classes (CLAP, section 4.3). */
final class TsnePart {
    private TsnePart() {}

    static String html(List<Measured<TsneReport>> runs) {
        StringBuilder html = new StringBuilder();
        for (Measured.Alike<TsneReport> alike : Measured.alike(runs, TsnePart::domains)) {
            html.append(alike.heading()).append(table(alike.results()));
            // Only the first run is shown; other seeds differ only in the random initialisation.
            Measured<TsneReport> first = alike.runs().get(0);
            List<String> names = domains(first.result());
            List<String> files = TsneProtocol.files(names);
            for (int d = 0; d < names.size(); d++) {
                // The current file name, and that of earlier versions.
                List<String> called = List.of(files.get(d) + ".png", names.get(d) + ".png");
                html.append(Picture.ofRun(first.run(), called, "Maps of " + names.get(d)));
            }
        }
        return html.isEmpty() ? "" : Html.text("h3", "Image features by class (t-SNE)") + html;
    }

    private static List<String> domains(TsneReport report) {
        return report.domains().stream().map(TsneDomain::domain).toList();
    }

    private static String table(List<TsneReport> reports) {
        List<List<String>> rows = new ArrayList<>();
        List<TsneDomain> domains = reports.get(0).domains();
        for (int d = 0; d < domains.size(); d++) {
            for (int m = 0; m < domains.get(d).methods().size(); m++) {
                rows.add(List.of(
                        Html.escape(domains.get(d).domain()),
                        Html.escape(domains.get(d).methods().get(m).method()),
                        figure(reports, d, m, result -> result.features().silhouette()),
                        figure(reports, d, m, result -> result.features().daviesBouldin()),
                        figure(reports, d, m, result -> result.map().silhouette()),
                        figure(reports, d, m, TsneResult::divergence),
                        figure(reports, d, m, TsneResult::trustworthiness)));
            }
        }
        return Html.table(
                "How well classes stand apart in L2-normalised features: more is better for the silhouette (−1 to 1), less"
                        + " for Davies–Bouldin. And how well maps show them"
                        + Cells.over(reports.size()) + ".",
                2,
                List.of("Domain", "Method", "Silhouette", "Davies–Bouldin", "Map's silhouette", "KL (nats)", "Trust"),
                rows);
    }

    private static String figure(
            List<TsneReport> reports, int domain, int method, ToDoubleFunction<TsneResult> figure) {
        return Cells.spread(
                reports.stream()
                        .map(report -> figure.applyAsDouble(
                                report.domains().get(domain).methods().get(method)))
                        .toList(),
                3);
    }
}
