package dev.clap4j.report;

import java.util.List;

/**
 * Tables for a page, as a figure with a caption above. A table with many columns is split into several below each other,
 * next to the same names of rows; on a phone each row becomes a card.
 */
final class HtmlTable implements TableRenderer {
    /** The most columns of values that are legible in print. */
    private static final int MOST = 8;

    /** Tables with more columns of values than this have narrow ones. */
    private static final int FEW = 5;

    @Override
    public String render(ResultTable table, int width) {
        List<Integer> filled = table.filled();
        List<Integer> names = filled.stream().filter(c -> c < table.names()).toList();
        List<Integer> values = filled.stream().filter(c -> c >= table.names()).toList();
        int bands = Math.max(1, (values.size() + MOST - 1) / MOST);
        StringBuilder html = new StringBuilder("<figure class=\"table" + (values.size() > FEW ? " many" : "") + "\">")
                .append(Html.text("figcaption", table.caption()));
        for (int band = 0; band < bands; band++) {
            html.append(band(
                    table, names, values.subList(band * values.size() / bands, (band + 1) * values.size() / bands)));
        }
        return html.append("</figure>\n").toString();
    }

    private static String band(ResultTable table, List<Integer> names, List<Integer> values) {
        StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
        names.forEach(c -> html.append("<th scope=\"col\" class=\"word\">" + title(table, c) + "</th>"));
        values.forEach(c -> html.append("<th scope=\"col\">" + title(table, c) + "</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            if (values.isEmpty() || values.stream().anyMatch(c -> !row.get(c).isEmpty())) {
                html.append("<tr>");
                names.forEach(c -> html.append("<th scope=\"row\">" + Html.escape(row.get(c)) + "</th>"));
                values.forEach(
                        c -> html.append("<td data-of=\"" + title(table, c) + "\">" + value(row.get(c)) + "</td>"));
                html.append("</tr>\n");
            }
        }
        return html.append("</tbody></table>\n").toString();
    }

    private static String title(ResultTable table, int column) {
        return Html.escape(table.columns().get(column));
    }

    /** Returns a value with a small deviation, or a verdict marked by a sign and a colour. */
    private static String value(String cell) {
        String html = Html.escape(cell);
        if (cell.equals("better")) {
            return "<span class=\"right\">✓\u00a0better</span>";
        }
        if (cell.equals("worse")) {
            return "<span class=\"wrong\">✗\u00a0worse</span>";
        }
        if (cell.equals("same") || cell.equals("within noise")) {
            return "<span class=\"same\">" + (cell.equals("same") ? "=" : "≈") + "\u00a0" + cell + "</span>";
        }
        int deviation = html.indexOf(" ± ");
        return deviation < 0
                ? html
                : html.substring(0, deviation) + " <small>±\u00a0" + html.substring(deviation + 3) + "</small>";
    }
}
