package dev.clap4j.cli;

import java.util.List;
import java.util.Locale;

/**
 * The columns of a table, for lines that are printed as they come.
 *
 * @param widths of the columns, in those of the terminal
 * @param right whether a column's cells stand to the right, as numbers do
 */
record TableColumns(int[] widths, boolean[] right) {
    /** The columns of the terminal between two of the table. */
    static final int GAP = 2;

    /** Returns the text of a cell, without line breaks and tabs. */
    static String cell(Object value) {
        String text = String.valueOf(value);
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            cell.append(c == '\n' || c == '\t' || c == '\r' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
        }
        return cell.toString();
    }

    /** A line of cells. */
    String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String spaces = " ".repeat(Math.max(0, widths[c] - DisplayWidth.of(cells.get(c))));
            line.append(c == 0 ? "" : " ".repeat(GAP)).append(right[c] ? spaces + cells.get(c) : cells.get(c) + spaces);
        }
        return line.toString().stripTrailing();
    }

    /** The line below the titles. */
    String rule() {
        int sum = GAP * (widths.length - 1);
        for (int width : widths) {
            sum += width;
        }
        return "─".repeat(sum);
    }
}
