package dev.clap4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A table for a terminal: columns as wide as their widest cell, numbers to the right. */
final class Table {
    private static final Pattern NUMBER = Pattern.compile("[-+±….,%\\d ]*");

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these column titles. */
    static Table of(String... titles) {
        return new Table().row((Object[]) titles);
    }

    /** Adds a row; it has as many cells as there are titles. */
    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(TableColumns::cell).toList());
        return this;
    }

    @Override
    public String toString() {
        int count = rows.get(0).size();
        int[] widths = new int[count];
        boolean[] right = new boolean[count];
        Arrays.fill(right, rows.size() > 1);
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < count; c++) {
                String cell = rows.get(r).get(c);
                widths[c] = Math.max(widths[c], DisplayWidth.of(cell));
                right[c] = right[c] && (r == 0 || NUMBER.matcher(cell).matches());
            }
        }
        TableColumns columns = new TableColumns(widths, right);
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(columns.line(row)));
        lines.add(1, columns.rule());
        return String.join(System.lineSeparator(), lines);
    }
}
