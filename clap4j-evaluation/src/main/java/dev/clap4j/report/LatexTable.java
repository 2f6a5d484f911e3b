package dev.clap4j.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** LaTeX tables with the package booktabs, for any engine; numbers are in maths mode. */
final class LatexTable implements TableRenderer {
    private static final Map<Integer, String> COMMANDS = Map.ofEntries(
            Map.entry((int) '\\', "\\textbackslash{}"),
            Map.entry((int) '{', "\\{"),
            Map.entry((int) '}', "\\}"),
            Map.entry((int) '$', "\\$"),
            Map.entry((int) '&', "\\&"),
            Map.entry((int) '#', "\\#"),
            Map.entry((int) '_', "\\_"),
            Map.entry((int) '%', "\\%"),
            Map.entry((int) '~', "\\textasciitilde{}"),
            Map.entry((int) '^', "\\textasciicircum{}"),
            Map.entry((int) '<', "\\textless{}"),
            Map.entry((int) '>', "\\textgreater{}"),
            Map.entry((int) '±', "$\\pm$"),
            Map.entry((int) '−', "$-$"),
            Map.entry((int) '…', "\\dots{}"),
            Map.entry((int) '–', "\\textendash{}"),
            Map.entry((int) '→', "$\\rightarrow$"),
            Map.entry((int) '↓', "$\\downarrow$"),
            Map.entry((int) '∞', "$\\infty$"),
            Map.entry((int) '∘', "$\\circ$"),
            Map.entry((int) '²', "$^2$"),
            Map.entry((int) 'Δ', "$\\Delta$"),
            Map.entry((int) 'δ', "$\\delta$"),
            Map.entry((int) 'α', "$\\alpha$"),
            Map.entry((int) 'ε', "$\\epsilon$"),
            Map.entry((int) 'λ', "$\\lambda$"),
            Map.entry((int) 'τ', "$\\tau$"));

    @Override
    public String render(ResultTable table, int width) {
        List<Integer> filled = table.filled();
        List<List<String>> lines = table.lines(filled);
        String columns = filled.stream()
                .map(column -> column < table.names() ? "l" : "r")
                .collect(Collectors.joining());
        String about = (table.title() + ". " + table.caption()).replaceFirst("^\\. ", "");
        return "\\begin{table}\n  \\centering\n  \\caption{" + escaped(about.strip()) + "}\n"
                + "  \\begin{tabular}{" + columns + "}\n    \\toprule\n"
                + line(lines.get(0))
                + "    \\midrule\n"
                + lines.stream().skip(1).map(LatexTable::line).collect(Collectors.joining())
                + "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n";
    }

    private static String line(List<String> cells) {
        return cells.stream().map(LatexTable::cell).collect(Collectors.joining(" & ", "    ", " \\\\\n"));
    }

    /** Returns a cell; a number or an interval of numbers has minus signs, not hyphens. */
    private static String cell(String cell) {
        return escaped(cell.matches("[-+±….\\d ]*") ? cell.replace('-', '−') : cell);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        TableColumns.cell(text)
                .codePoints()
                .forEach(c -> escaped.append(COMMANDS.getOrDefault(c, Character.toString(c))));
        return escaped.toString();
    }
}
