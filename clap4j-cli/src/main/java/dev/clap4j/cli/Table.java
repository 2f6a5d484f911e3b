package dev.clap4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table for people: columns as wide as their widest cell, numbers to the right, empty columns left out. On a terminal that
 * is too narrow for it, long texts are wrapped; if that is not enough, the table is parted into several, one below the
 * other, each with the columns of text that name its rows.
 */
final class Table {
    private static final Pattern NUMBER = Pattern.compile("[-+±….,%\\d ]*");
    /** Narrower than this no column of text becomes. */
    private static final int NARROWEST = 16;

    private final List<List<String>> rows = new ArrayList<>();
    private int names;

    /** A table with these column titles. */
    static Table of(String... titles) {
        return new Table().row((Object[]) titles);
    }

    /** Adds a row; it has as many cells as there are titles. */
    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(TableColumns::cell).toList());
        return this;
    }

    /** Says that the first columns name the rows, even if they hold numbers. */
    Table namedBy(int columns) {
        names = columns;
        return this;
    }

    @Override
    public String toString() {
        return within(Screen.ofProcess().columns());
    }

    /** The table in lines of at most so many columns, as far as that is possible. */
    String within(int width) {
        List<Column> columns = IntStream.range(0, rows.get(0).size())
                .mapToObj(this::column)
                .filter(column -> !column.isEmpty())
                .toList();
        columns = wrapped(columns, width);
        List<String> lines = new ArrayList<>();
        for (List<Column> part : parts(columns, width)) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(lines(part));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private Column column(int index) {
        List<String> cells = rows.stream().map(row -> row.get(index)).toList();
        boolean right = rows.size() > 1
                && cells.stream().skip(1).allMatch(cell -> NUMBER.matcher(cell).matches());
        return new Column(
                cells,
                right,
                index < names || !right,
                cells.stream().mapToInt(DisplayWidth::of).max().orElse(0));
    }

    /** A column with its title, where its cells stand, whether it may name the rows, and how wide it is drawn. */
    private record Column(List<String> cells, boolean right, boolean naming, int width) {
        boolean isEmpty() {
            return cells.size() > 1 && cells.stream().skip(1).allMatch(String::isEmpty);
        }

        Column narrowed(int to) {
            return new Column(cells, right, naming, to);
        }
    }

    private static int width(List<Column> columns) {
        return columns.stream().mapToInt(Column::width).sum() + TableColumns.GAP * (columns.size() - 1);
    }

    /** The columns with the widest texts made narrower, one by one, until all fit or none can be made narrower. */
    private static List<Column> wrapped(List<Column> natural, int width) {
        List<Column> columns = new ArrayList<>(natural);
        while (width(columns) > width) {
            int widest = IntStream.range(0, columns.size())
                    .filter(c -> !columns.get(c).right && columns.get(c).width > NARROWEST)
                    .reduce((a, b) -> columns.get(b).width > columns.get(a).width ? b : a)
                    .orElse(-1);
            if (widest < 0) {
                return natural.stream()
                        .map(column -> column.right || column.width <= NARROWEST
                                ? column
                                : column.narrowed(Math.min(column.width, Math.max(NARROWEST, width / 3))))
                        .toList();
            }
            columns.set(widest, columns.get(widest).narrowed(columns.get(widest).width - 1));
        }
        return columns;
    }

    /** Tables that fit, each with the leading columns of text and at least one other. */
    private static List<List<Column>> parts(List<Column> columns, int width) {
        int leadingCount = 0;
        while (leadingCount < columns.size() && columns.get(leadingCount).naming) {
            leadingCount++;
        }
        List<Column> leading = columns.subList(0, leadingCount);
        List<List<Column>> parts = new ArrayList<>();
        List<Column> part = new ArrayList<>(leading);
        for (Column column : columns.subList(leadingCount, columns.size())) {
            part.add(column);
            if (width(part) > width && part.size() > leadingCount + 1) {
                part.remove(part.size() - 1);
                parts.add(part);
                part = new ArrayList<>(leading);
                part.add(column);
            }
        }
        parts.add(part);
        return parts;
    }

    private List<String> lines(List<Column> columns) {
        boolean[] right = new boolean[columns.size()];
        for (int c = 0; c < right.length; c++) {
            right[c] = columns.get(c).right;
        }
        TableColumns table =
                new TableColumns(columns.stream().mapToInt(Column::width).toArray(), right);
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            List<List<String>> cells = new ArrayList<>();
            for (Column column : columns) {
                cells.add(DisplayWidth.wrap(column.cells.get(r), column.width));
            }
            int height = cells.stream().mapToInt(List::size).max().orElse(1);
            for (int line = 0; line < height; line++) {
                int l = line;
                lines.add(table.line(cells.stream()
                        .map(cell -> l < cell.size() ? cell.get(l) : "")
                        .toList()));
            }
            if (r == 0) {
                lines.add(table.rule());
            }
        }
        return lines;
    }
}
