package dev.clap4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    /** Returns this table with a heading that names its chapter. */
    ResultTable under(String chapter) {
        String heading = title.isEmpty() || title.equals(chapter) ? chapter : chapter + ": " + title;
        return new ResultTable(heading, columns, names, rows, caption);
    }

    /** Returns this table without empty columns, unless it has no rows. */
    ResultTable filled() {
        List<Integer> filled = IntStream.range(0, columns.size())
                .filter(c -> rows.isEmpty()
                        || rows.stream().anyMatch(row -> !row.get(c).isEmpty()))
                .boxed()
                .toList();
        Function<List<String>, List<String>> chosen =
                cells -> filled.stream().map(cells::get).toList();
        int named = (int) filled.stream().filter(c -> c < names).count();
        return new ResultTable(
                title, chosen.apply(columns), named, rows.stream().map(chosen).toList(), caption);
    }

    /** Returns the titles, then the rows. */
    List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>(List.of(columns));
        lines.addAll(rows);
        return lines;
    }
}
