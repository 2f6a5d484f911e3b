package dev.clap4j.report;

import dev.clap4j.internal.io.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Comma-separated values (RFC 4180), without heading and caption. A column of values with deviations becomes two, {@code
 * CLAP} and {@code CLAP ±}, as does one of intervals, so that a cell has one number.
 */
final class CsvTable {
    /** Two numbers in a cell, with their sign between them. */
    private static final Pattern TWO = Pattern.compile("([-+.\\d]+) ([±…]) ([-+.\\d]+)");

    private CsvTable() {}

    static String of(ResultTable table) {
        List<List<String>> columns = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            int column = c;
            List<String> cells =
                    table.lines().stream().map(line -> line.get(column)).toList();
            columns.addAll(column < table.names() ? List.of(cells) : numbers(cells));
        }
        return IntStream.range(0, table.rows().size() + 1)
                .mapToObj(row -> columns.stream().map(column -> column.get(row)).toList())
                .map(fields -> Csv.line(fields) + "\r\n")
                .collect(Collectors.joining());
    }

    /** Splits a column, the title first, if it has cells with two numbers. */
    private static List<List<String>> numbers(List<String> column) {
        List<Matcher> matchers = column.stream().map(TWO::matcher).toList();
        return matchers.stream()
                .filter(Matcher::matches)
                .map(two -> two.group(2))
                .findFirst()
                .map(sign -> {
                    List<String> first = new ArrayList<>();
                    List<String> second = new ArrayList<>();
                    first.add(column.get(0) + (sign.equals("±") ? "" : ", low"));
                    second.add(column.get(0) + (sign.equals("±") ? " ±" : ", high"));
                    for (int i = 1; i < column.size(); i++) {
                        Matcher two = TWO.matcher(column.get(i));
                        first.add(two.matches() ? two.group(1) : column.get(i));
                        second.add(two.matches() ? two.group(3) : "");
                    }
                    return List.of(first, second);
                })
                .orElse(List.of(column));
    }
}
