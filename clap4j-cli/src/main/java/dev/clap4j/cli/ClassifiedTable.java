package dev.clap4j.cli;

import dev.clap4j.Prediction;
import dev.clap4j.report.DisplayWidth;
import dev.clap4j.report.TableColumns;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Lines of a table, its columns wide enough for all that may come, as far as the screen is. */
final class ClassifiedTable implements ClassifiedRows {
    private static final List<String> TITLES = List.of("Image", "Class", "Probability");

    private final PrintWriter out;
    private final TableColumns columns;
    private final boolean sorted;
    private boolean begun;

    private ClassifiedTable(PrintWriter out, TableColumns columns, boolean sorted) {
        this.out = out;
        this.columns = columns;
        this.sorted = sorted;
    }

    static ClassifiedTable of(PrintWriter out, List<Path> images, List<String> classes, boolean sorted) {
        return of(out, images, classes, sorted, Screen.ofProcess().columns());
    }

    /** A table on a screen of some width; an image whose name does not fit has a line of its own. */
    static ClassifiedTable of(PrintWriter out, List<Path> images, List<String> classes, boolean sorted, int width) {
        int classWidth = width(classes.stream().map(TableColumns::cell), TITLES.get(1));
        int others = classWidth + TITLES.get(2).length() + 2 * TableColumns.GAP;
        int imageWidth = width(images.stream().map(TableColumns::cell), TITLES.get(0));
        int[] widths = {
            Math.min(imageWidth, Math.max(TITLES.get(0).length(), width - others)),
            classWidth,
            TITLES.get(2).length()
        };
        return new ClassifiedTable(out, new TableColumns(widths, new boolean[] {false, false, true}), sorted);
    }

    private static int width(Stream<String> cells, String title) {
        return Math.max(title.length(), cells.mapToInt(DisplayWidth::of).max().orElse(0));
    }

    @Override
    public void add(ClassifiedImage image) {
        if (!begun) {
            out.println(columns.line(TITLES));
            out.println(columns.rule());
            begun = true;
        }
        String first = TableColumns.cell(image.image());
        if (DisplayWidth.of(first) > columns.widths()[0]) {
            out.println(first);
            first = "";
        }
        for (List<String> cells : cells(image.classes())) {
            out.println(columns.line(List.of(first, cells.get(0), cells.get(1))));
            first = "";
        }
        if (sorted) {
            image.sortedInto().ifPresent(file -> out.println("  → " + TableColumns.cell(file)));
        }
    }

    private static List<List<String>> cells(List<Prediction> classes) {
        return classes.isEmpty()
                ? List.of(List.of(ClassifiedImage.NONE, ""))
                : classes.stream()
                        .map(each -> List.of(
                                TableColumns.cell(each.className()), Table.cell("%.2f %%", 100 * each.probability())))
                        .toList();
    }
}
