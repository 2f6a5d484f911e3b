package dev.clap4j.report;

import dev.clap4j.internal.io.Names;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of a table, for lines that are printed one by one.
 *
 * @param widths the width of each column, in those of the terminal
 * @param right whether a column's cells are aligned to the right, as numbers are
 */
public record TableColumns(int[] widths, boolean[] right) {
    /** The width of the gap between two columns. */
    public static final int GAP = 2;

    /** Returns the text of a cell, in which line breaks, tabs and other control characters are visible. */
    public static String cell(Object value) {
        return Names.printable(String.valueOf(value).replace("\n", "\\u000a").replace("\t", "\\u0009"));
    }

    /** Returns a line of cells. */
    public String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String spaces = " ".repeat(Math.max(0, widths[c] - DisplayWidth.of(cells.get(c))));
            line.append(c == 0 ? "" : " ".repeat(GAP)).append(right[c] ? spaces + cells.get(c) : cells.get(c) + spaces);
        }
        return line.toString().stripTrailing();
    }

    /** Returns the line below the titles. */
    public String rule() {
        return "─".repeat(Arrays.stream(widths).sum() + GAP * (widths.length - 1));
    }
}
