package dev.clap4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Columns as wide as their widest cell, with numbers to the right, without repeated names. If a table is too wide, long
 * texts are wrapped; if that is not enough, the table is split into several below each other, each with the columns of text
 * that name its rows.
 */
final class TerminalTable {
    private static final Pattern NUMBER = Pattern.compile("[-+±….,%\\d ]*");

    /** The least width of a column of text. */
    private static final int NARROWEST = 16;

    /** A column: title and cells, whether they are aligned right and may name rows, and the width it is drawn at. */
    private record Column(List<String> cells, boolean right, boolean naming, int width) {
        static Column of(ResultTable table, int index) {
            List<List<String>> lines = table.lines();
            List<String> cells = IntStream.range(0, lines.size())
                    .mapToObj(line -> TableColumns.cell(
                            repeats(lines, line, index, table.names())
                                    ? ""
                                    : lines.get(line).get(index)))
                    .toList();
            boolean right = cells.size() > 1
                    && cells.stream().skip(1).allMatch(cell -> NUMBER.matcher(cell)
                            .matches());
            int width = cells.stream().mapToInt(DisplayWidth::of).max().orElse(0);
            return new Column(cells, right, index < table.names() || !right, width);
        }

        /** Returns whether a cell repeats the name above it, except in the last column of names. */
        private static boolean repeats(List<List<String>> lines, int line, int index, int names) {
            return line > 1
                    && index < names - 1
                    && lines.get(line)
                            .subList(0, index + 1)
                            .equals(lines.get(line - 1).subList(0, index + 1));
        }

        boolean isNarrow() {
            return right || width <= NARROWEST;
        }

        Column narrowed(int to) {
            return new Column(cells, right, naming, to);
        }
    }

    private TerminalTable() {}

    static String of(ResultTable table, int width) {
        List<Column> columns = IntStream.range(0, table.columns().size())
                .mapToObj(index -> Column.of(table, index))
                .toList();
        List<String> lines = new ArrayList<>();
        if (!table.title().isEmpty()) {
            lines.addAll(DisplayWidth.wrap(table.title(), width));
        }
        List<List<Column>> parts = parts(wrapped(columns, width), width);
        lines.addAll(lines(parts.get(0)));
        parts.stream().skip(1).forEach(part -> {
            lines.add("");
            lines.addAll(lines(part));
        });
        table.caption().lines().forEach(line -> lines.addAll(DisplayWidth.wrap(line, width)));
        return String.join(System.lineSeparator(), lines);
    }

    private static int width(List<Column> columns) {
        return columns.stream().mapToInt(Column::width).sum() + TableColumns.GAP * (columns.size() - 1);
    }

    /** Narrows the columns with the widest texts, one by one, until all fit or none can be narrowed. */
    private static List<Column> wrapped(List<Column> natural, int width) {
        List<Column> columns = new ArrayList<>(natural);
        while (width(columns) > width) {
            int widest = IntStream.range(0, columns.size())
                    .filter(c -> !columns.get(c).isNarrow())
                    .reduce((a, b) -> columns.get(b).width > columns.get(a).width ? b : a)
                    .orElse(-1);
            if (widest < 0) {
                return natural.stream()
                        .map(column -> column.isNarrow()
                                ? column
                                : column.narrowed(Math.min(column.width, Math.max(NARROWEST, width / 3))))
                        .toList();
            }
            columns.set(widest, columns.get(widest).narrowed(columns.get(widest).width - 1));
        }
        return columns;
    }

    /** Returns tables that fit, each with the leading columns of text and at least one other. */
    private static List<List<Column>> parts(List<Column> columns, int width) {
        List<Column> leading = columns.stream().takeWhile(Column::naming).toList();
        List<List<Column>> parts = new ArrayList<>();
        List<Column> part = new ArrayList<>(leading);
        for (Column column : columns.subList(leading.size(), columns.size())) {
            part.add(column);
            if (width(part) > width && part.size() > leading.size() + 1) {
                part.remove(part.size() - 1);
                parts.add(part);
                part = new ArrayList<>(leading);
                part.add(column);
            }
        }
        parts.add(part);
        return parts;
    }

    private static List<String> lines(List<Column> columns) {
        boolean[] right = new boolean[columns.size()];
        for (int c = 0; c < right.length; c++) {
            right[c] = columns.get(c).right;
        }
        TableColumns table =
                new TableColumns(columns.stream().mapToInt(Column::width).toArray(), right);
        List<String> lines = new ArrayList<>();
        int rows =
                columns.stream().mapToInt(column -> column.cells.size()).max().orElse(0);
        for (int r = 0; r < rows; r++) {
            int row = r;
            List<List<String>> cells = columns.stream()
                    .map(column -> DisplayWidth.wrap(column.cells.get(row), column.width))
                    .toList();
            int height = cells.stream().mapToInt(List::size).max().orElse(1);
            IntStream.range(0, height)
                    .mapToObj(line -> cells.stream()
                            .map(cell -> line < cell.size() ? cell.get(line) : "")
                            .toList())
                    .forEach(line -> lines.add(table.line(line)));
            if (r == 0) {
                lines.add(table.rule());
            }
        }
        return lines;
    }
}
