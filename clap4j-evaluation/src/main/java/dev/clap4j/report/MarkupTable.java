package dev.clap4j.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Tables in Markdown and LaTeX. */
final class MarkupTable {
    /** Characters, each followed by what LaTeX has for it. */
    private static final Map<String, String> COMMANDS = """
            \\\\textbackslash{} {\\{ }\\} $\\$ &\\& #\\# _\\_ %\\% ~\\textasciitilde{} ^\\textasciicircum{} <\\textless{}
            >\\textgreater{} ±$\\pm$ −$-$ …\\dots{} –\\textendash{} →$\\rightarrow$ ↓$\\downarrow$ ∞$\\infty$ ∘$\\circ$
            ²$^2$ Δ$\\Delta$ δ$\\delta$ α$\\alpha$ ε$\\epsilon$ λ$\\lambda$ τ$\\tau$""".lines()
            .flatMap(line -> List.of(line.split(" ")).stream())
            .collect(Collectors.toMap(entry -> entry.substring(0, 1), entry -> entry.substring(1)));

    private MarkupTable() {}

    /** Returns a table of GitHub Flavored Markdown. */
    static String markdown(ResultTable table) {
        String rule = aligned(table, ":---", "---:", " | ");
        return (table.title().isEmpty() ? "" : "### " + markdown(table.title()) + "\n\n")
                + row(table.columns(), MarkupTable::markdown, "| ", " | ", " |\n")
                + "| " + rule + " |\n"
                + table.rows().stream()
                        .map(row -> row(row, MarkupTable::markdown, "| ", " | ", " |\n"))
                        .collect(Collectors.joining())
                + (table.caption().isEmpty() ? "" : "\n" + markdown(line(table.caption())) + "\n");
    }

    /** Returns a caption as one line. */
    private static String line(String caption) {
        return caption.replace("\n", "; ");
    }

    /** Returns text without markup: no HTML, no emphasis, no link, no end of a cell. */
    private static String markdown(String text) {
        return TableColumns.cell(text).replaceAll("([\\\\`*_{}\\[\\]<>|#~&])", "\\\\$1");
    }

    /**
     * Returns a LaTeX table with the packages booktabs and graphicx, for any engine. A table wider than the page is scaled
     * to its width.
     */
    static String latex(ResultTable table) {
        String about = (table.title() + ". " + line(table.caption())).replaceFirst("^\\. ", "");
        return "\\begin{table}\n  \\centering\n  \\caption{" + latex(about.strip()) + "}\n"
                + "  \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n"
                + "  \\begin{tabular}{" + aligned(table, "l", "r", "") + "}\n    \\toprule\n"
                + row(table.columns(), MarkupTable::latex, "    ", " & ", " \\\\\n")
                + "    \\midrule\n"
                + table.rows().stream()
                        .map(row -> row(row, MarkupTable::latex, "    ", " & ", " \\\\\n"))
                        .collect(Collectors.joining())
                + "    \\bottomrule\n  \\end{tabular}}\n\\end{table}\n";
    }

    /** Returns text without markup; a number or an interval of numbers has minus signs, not hyphens. */
    private static String latex(String text) {
        String cell = text.matches("[-+±….\\d ]*") ? text.replace('-', '−') : text;
        return TableColumns.cell(cell)
                .codePoints()
                .mapToObj(Character::toString)
                .map(character -> COMMANDS.getOrDefault(character, character))
                .collect(Collectors.joining());
    }

    private static String row(
            List<String> cells, UnaryOperator<String> escape, String start, String between, String end) {
        return cells.stream().map(escape).collect(Collectors.joining(between, start, end));
    }

    /** Returns the alignment of each column: names to the left, values to the right. */
    private static String aligned(ResultTable table, String left, String right, String between) {
        int values = table.columns().size() - table.names();
        return String.join(between, Collections.nCopies(table.names(), left))
                + (table.names() > 0 && values > 0 ? between : "")
                + String.join(between, Collections.nCopies(values, right));
    }
}
