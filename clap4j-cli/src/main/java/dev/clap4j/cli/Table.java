package dev.clap4j.cli;

import dev.clap4j.report.Format;
import dev.clap4j.report.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table for a terminal, built row by row. */
final class Table {
    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> titles) {
        this.titles = titles;
    }

    static Table of(String... titles) {
        return new Table(List.of(titles));
    }

    /** Adds a row; it has as many cells as there are titles. */
    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    static String cell(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String toString() {
        return within(Screen.ofProcess().columns());
    }

    /** Returns the table in lines of at most so many columns, as far as that is possible. */
    String within(int width) {
        return Format.TERMINAL.text(new ResultTable("", titles, 0, rows, ""), width);
    }
}
