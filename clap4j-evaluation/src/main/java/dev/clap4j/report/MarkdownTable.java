package dev.clap4j.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables of GitHub Flavored Markdown. */
final class MarkdownTable implements TableRenderer {
    @Override
    public String render(ResultTable table, int width) {
        List<Integer> filled = table.filled();
        List<List<String>> lines = table.lines(filled);
        String rule = IntStream.range(0, filled.size())
                .mapToObj(i -> filled.get(i) < table.names() ? ":---" : "---:")
                .collect(Collectors.joining(" | ", "| ", " |\n"));
        return (table.title().isEmpty() ? "" : "### " + escaped(table.title()) + "\n\n")
                + line(lines.get(0))
                + rule
                + lines.stream().skip(1).map(MarkdownTable::line).collect(Collectors.joining())
                + (table.caption().isEmpty() ? "" : "\n" + escaped(table.caption()) + "\n");
    }

    private static String line(List<String> cells) {
        return cells.stream().map(MarkdownTable::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Returns text without markup: no HTML, no emphasis, no link, no end of a cell. */
    private static String escaped(String text) {
        return TableColumns.cell(text).replaceAll("([\\\\`*_{}\\[\\]<>|#~&])", "\\\\$1");
    }
}
