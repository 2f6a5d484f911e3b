package dev.clap4j.report;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180), without heading and caption. */
final class CsvTable implements TableRenderer {
    @Override
    public String render(ResultTable table, int width) {
        return table.lines(table.filled()).stream().map(CsvTable::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(CsvTable::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
