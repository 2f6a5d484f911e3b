package dev.clap4j.evaluation.report;

import dev.clap4j.io.Names;
import java.util.List;

/** Pieces of HTML. Whatever is called text is escaped here; whatever is called html is not. */
final class Html {
    /** More columns of numbers than these are narrow ones. */
    private static final int FEW = 4;

    private Html() {}

    /** Text as it may stand between tags and in quoted attributes; control characters are shown as {@code \\u001b}. */
    static String escape(String text) {
        return Names.printable(text)
                .replace("&", "&amp;")
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

    /** A whole page. */
    static String page(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + text("title", title)
                + element("style", PageStyle.CSS)
                + "</head>\n<body>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
    }

    /**
     * A table below its caption. On a phone each row becomes a card. The first column heads its row; the others are numbers.
     *
     * @param caption what it shows
     * @param rows cells as html, as many as titles
     */
    static String table(String caption, List<String> titles, List<List<String>> rows) {
        return table(caption, 1, titles, rows);
    }

    /** The same with so many columns of words before the numbers. */
    static String table(String caption, int words, List<String> titles, List<List<String>> rows) {
        boolean many = titles.size() - words > FEW;
        StringBuilder html = new StringBuilder("<figure class=\"table" + (many ? " many" : "") + "\">")
                .append(text("figcaption", caption))
                .append("<table>\n<thead><tr>");
        for (int i = 0; i < titles.size(); i++) {
            html.append(i < words ? "<th scope=\"col\" class=\"word\">" : "<th scope=\"col\">")
                    .append(escape(titles.get(i)))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.stream().limit(words).forEach(cell -> html.append("<th scope=\"row\">")
                    .append(cell)
                    .append("</th>"));
            for (int i = words; i < row.size(); i++) {
                html.append("<td data-of=\"")
                        .append(escape(titles.get(i)))
                        .append("\">")
                        .append(row.get(i))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></figure>\n").toString();
    }
}
