package dev.clap4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of results, for any {@link Format}.
 *
 * @param title the heading; may be empty
 * @param columns the column titles
 * @param names the number of leading columns of text, which name the rows
 * @param rows as many cells as columns each
 * @param caption explains the values; may be empty
 */
public record ResultTable(String title, List<String> columns, int names, List<List<String>> rows, String caption) {
    /**
     * Makes the lists unmodifiable.
     *
     * @throws IllegalArgumentException if a row has more or fewer cells than there are columns
     */
    public ResultTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(columns + " does not fit " + row);
            }
        }
    }

    /** Returns this table under another heading. */
    ResultTable titled(String heading) {
        return new ResultTable(heading, columns, names, rows, caption);
    }

    /** Returns the columns that name rows and those that have a value, by their indices. */
    List<Integer> filled() {
        return IntStream.range(0, columns.size())
                .filter(column -> column < names
                        || rows.isEmpty()
                        || rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
                .boxed()
                .toList();
    }

    /** Returns the titles and rows of some columns, the titles first. */
    List<List<String>> lines(List<Integer> chosen) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(chosen.stream().map(columns::get).toList());
        rows.forEach(row -> lines.add(chosen.stream().map(row::get).toList()));
        return lines;
    }
}
