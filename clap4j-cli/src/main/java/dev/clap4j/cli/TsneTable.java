package dev.clap4j.cli;

import dev.clap4j.evaluation.tsne.TsneDomain;
import dev.clap4j.evaluation.tsne.TsneReport;
import dev.clap4j.evaluation.tsne.TsneResult;
import java.util.Locale;

/** Maps in figures for a terminal: a line for each domain and method. */
final class TsneTable {
    private TsneTable() {}

    static String of(TsneReport report) {
        Table table = Table.of(
                "Domain",
                "Images",
                "Method",
                "Silhouette",
                "Davies–Bouldin",
                "Map: silhouette",
                "Map: Davies–Bouldin",
                "KL",
                "Trustworthiness");
        for (TsneDomain domain : report.domains()) {
            for (TsneResult result : domain.methods()) {
                boolean first = result.equals(domain.methods().get(0));
                table.row(
                        first ? domain.domain() : "",
                        first ? domain.images() : "",
                        result.method(),
                        decimals(result.features().silhouette()),
                        decimals(result.features().daviesBouldin()),
                        decimals(result.map().silhouette()),
                        decimals(result.map().daviesBouldin()),
                        decimals(result.divergence()),
                        decimals(result.trustworthiness()));
            }
        }
        return table + System.lineSeparator() + "Silhouette: more is better, at most 1; Davies–Bouldin: less is better";
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
