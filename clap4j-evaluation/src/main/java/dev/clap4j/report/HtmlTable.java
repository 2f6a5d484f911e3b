package dev.clap4j.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables for a page, as a figure with a caption above. A table with many columns is split into several below each other,
 * next to the same names of rows; on a phone each row becomes a card.
 */
final class HtmlTable {
    /** The most columns of values that are legible in print. */
    private static final int MOST = 8;

    /** Tables with more columns of values than this have narrow ones. */
    private static final int FEW = 5;

    private HtmlTable() {}

    static String of(ResultTable table) {
        int values = table.columns().size() - table.names();
        int bands = Math.max(1, (values + MOST - 1) / MOST);
        return "<figure class=\"table" + (values > FEW ? " many" : "") + "\">"
                + Html.text("figcaption", table.caption())
                + IntStream.range(0, bands)
                        .mapToObj(band -> band(
                                table,
                                table.names() + band * values / bands,
                                table.names() + (band + 1) * values / bands))
                        .collect(Collectors.joining())
                + "</figure>\n";
    }

    /** Returns a table of the names and a range of the other columns. */
    private static String band(ResultTable table, int from, int to) {
        List<String> titles = table.columns().stream().map(Html::escape).toList();
        StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
        titles.subList(0, table.names())
                .forEach(title -> html.append("<th scope=\"col\" class=\"word\">" + title + "</th>"));
        titles.subList(from, to).forEach(title -> html.append("<th scope=\"col\">" + title + "</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            if (from == to || !row.subList(from, to).stream().allMatch(String::isEmpty)) {
                html.append("<tr>");
                row.subList(0, table.names())
                        .forEach(name -> html.append("<th scope=\"row\">" + Html.escape(name) + "</th>"));
                for (int c = from; c < to; c++) {
                    html.append("<td data-of=\"" + titles.get(c) + "\">" + value(row.get(c)) + "</td>");
                }
                html.append("</tr>\n");
            }
        }
        return html.append("</tbody></table>\n").toString();
    }

    /** Returns a value with a small deviation, or a verdict marked by a sign and a colour. */
    private static String value(String cell) {
        return switch (cell) {
            case "better" -> "<span class=\"right\">✓\u00a0better</span>";
            case "worse" -> "<span class=\"wrong\">✗\u00a0worse</span>";
            case "same" -> "<span class=\"same\">=\u00a0same</span>";
            case "within noise" -> "<span class=\"same\">≈\u00a0within noise</span>";
            default -> Html.escape(cell).replaceFirst(" ± (.*)", " <small>±\u00a0$1</small>");
        };
    }
}
