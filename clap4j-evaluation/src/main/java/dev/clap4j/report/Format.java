package dev.clap4j.report;

import java.util.List;
import java.util.stream.Collectors;

/** A notation of tables. */
public enum Format {
    /** Aligned columns of text, within the width of a terminal. */
    TERMINAL,
    /** HTML elements for use in a page. */
    HTML,
    /** Markdown tables, as on GitHub. */
    MARKDOWN,
    /** Comma-separated values (RFC 4180), a number in each cell. */
    CSV,
    /** LaTeX tables with booktabs. */
    LATEX;

    /**
     * Returns a table in this notation, without a line break at the end.
     *
     * @param width the most columns of a terminal; other formats ignore it
     */
    public String text(ResultTable table, int width) {
        ResultTable filled = table.filled();
        String text =
                switch (this) {
                    case TERMINAL -> TerminalTable.of(filled, width);
                    case HTML -> HtmlTable.of(filled);
                    case MARKDOWN -> MarkupTable.markdown(filled);
                    case CSV -> CsvTable.of(filled);
                    case LATEX -> MarkupTable.latex(filled);
                };
        return text.stripTrailing();
    }

    /** Returns tables in this notation with an empty line between them. */
    public String text(List<ResultTable> tables, int width) {
        String gap = this == CSV ? "\r\n\r\n" : System.lineSeparator() + System.lineSeparator();
        return tables.stream().map(table -> text(table, width)).collect(Collectors.joining(gap));
    }
}
