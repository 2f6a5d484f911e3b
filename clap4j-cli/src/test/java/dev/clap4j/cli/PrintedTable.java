package dev.clap4j.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table in the output of a command: cells are parted by two spaces or more, and none is empty.
 *
 * @param lines the titles, a rule, and a line for each row
 * @param cells by row and column
 */
record PrintedTable(List<String> lines, Map<String, Map<String, String>> cells) {
    /** Reads the first table of an output. */
    static PrintedTable parse(String output) {
        List<String> all = output.lines().toList();
        int rule = all.indexOf(
                all.stream().filter(line -> line.startsWith("──")).findFirst().orElseThrow());
        List<String> titles = cells(all.get(rule - 1));
        List<String> rows = all.stream()
                .skip(rule + 1L)
                .takeWhile(line -> cells(line).size() == titles.size())
                .toList();
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        for (String row : rows) {
            Map<String, String> byTitle = new LinkedHashMap<>();
            for (int i = 0; i < titles.size(); i++) {
                byTitle.put(titles.get(i), cells(row).get(i));
            }
            table.put(cells(row).get(0), byTitle);
        }
        return new PrintedTable(all.subList(rule - 1, rule + 1 + rows.size()), table);
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.strip().split(" {2,}"));
    }

    /** The names of the rows, in their order. */
    Set<String> rows() {
        return cells.keySet();
    }

    /** A cell by its row's name and its column's title. */
    String cell(String row, String column) {
        Map<String, String> cell = cells.get(row);
        if (cell == null || !cell.containsKey(column)) {
            throw new IllegalArgumentException("There is no " + column + " of " + row + " in " + cells);
        }
        return cell.get(column);
    }
}
