package dev.clap4j.cli;

import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.fewshot.FewShotCurves;
import dev.clap4j.evaluation.fewshot.FewShotPoint;
import java.util.ArrayList;
import java.util.List;

/** Few-shot curves for a terminal: a line for each number of shots and method, so that methods stand side by side. */
final class FewshotTable {
    private FewshotTable() {}

    static String of(FewShotCurves curves) {
        FewShotCurves.Setting setting = curves.setting();
        List<String> titles = new ArrayList<>(List.of("Shots", "Method"));
        titles.addAll(setting.domains());
        titles.addAll(List.of("Mean", "Other images", "Other domains"));
        Table table = Table.of(titles.toArray(String[]::new));
        for (int shots : setting.shots()) {
            for (String method : setting.methods()) {
                curves.point(method, shots)
                        .ifPresent(point -> table.row(
                                line(point, method.equals(setting.methods().get(0)))
                                        .toArray()));
            }
        }
        int seeds = setting.seeds().size();
        return table + System.lineSeparator() + setting.images() + " images, "
                + setting.classes().size() + " classes, accuracy in %"
                + (seeds == 1 ? "" : "; " + Spread.legend(seeds, "draws of labelled images")) + "; probe: "
                + setting.probe() + System.lineSeparator()
                + "Domains and Mean: on all images of the domain, the labelled ones included, as published; Other images:"
                + " without these; Other domains: where no image was labelled";
    }

    private static List<String> line(FewShotPoint point, boolean first) {
        List<String> cells = new ArrayList<>(List.of(first ? String.valueOf(point.shots()) : "", point.method()));
        point.domains().values().forEach(reached -> cells.add(text(reached.within())));
        cells.add(text(point.mean().within()));
        cells.add(text(point.mean().others()));
        cells.add(text(point.mean().across()));
        return cells;
    }

    private static String text(Spread spread) {
        return spread == null ? "-" : spread.text(2);
    }
}
