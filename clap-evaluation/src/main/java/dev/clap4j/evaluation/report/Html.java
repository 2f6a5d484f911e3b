package dev.clap4j.evaluation.report;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of HTML. Whatever is called text is escaped here; whatever is called html is not. */
final class Html {
    private Html() {}

    /** Text as it may stand between tags and in quoted attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** An element around text. */
    static String text(String tag, String text) {
        return element(tag, escape(text));
    }

    /** An element around other html. */
    static String element(String tag, String html) {
        return "<" + tag + ">" + html + "</" + tag + ">\n";
    }

    /**
     * A table that scrolls sideways where it is too wide. The first column heads its row; the others are numbers.
     *
     * @param caption what it shows
     * @param rows cells as html, as many as titles
     */
    static String table(String caption, List<String> titles, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n");
        html.append(text("caption", caption)).append("<thead><tr>");
        titles.forEach(
                title -> html.append("<th scope=\"col\">").append(escape(title)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr><th scope=\"row\">").append(row.get(0)).append("</th>");
            html.append(
                    row.stream().skip(1).map(cell -> "<td>" + cell + "</td>").collect(Collectors.joining()));
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }
}
