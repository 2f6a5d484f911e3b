package dev.clap4j.evaluation.report;

import dev.clap4j.internal.io.Names;
import java.util.List;

/** Builds HTML. Parameters named {@code text} are escaped; those named {@code html} are not. */
final class Html {
    /** Tables with more numeric columns than this use narrow ones. */
    private static final int FEW = 4;

    /** The maximum number of numeric columns that is legible on a small screen and in print. */
    private static final int MOST = 9;

    private Html() {}

    /** Escapes text for use between tags and in quoted attributes; control characters are shown as {@code \\u001b}. */
    static String escape(String text) {
        return Names.printable(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Returns an element that contains text. */
    static String text(String tag, String text) {
        return element(tag, escape(text));
    }

    /** Returns an element that contains HTML. */
    static String element(String tag, String html) {
        return "<" + tag + ">" + html + "</" + tag + ">\n";
    }

    /** Returns a complete page. */
    static String page(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + text("title", title)
                + element("style", PageStyle.CSS)
                + "</head>\n<body>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
    }

    /**
     * Returns a table with a caption above it. On a phone each row becomes a card. The first column is the row heading;
     * the others are numbers.
     *
     * @param caption the caption
     * @param rows cells as HTML, as many as titles
     */
    static String table(String caption, List<String> titles, List<List<String>> rows) {
        return table(caption, 1, titles, rows);
    }

    /** Returns a table with the given number of text columns before the numeric ones. */
    static String table(String caption, int words, List<String> titles, List<List<String>> rows) {
        return table(caption, words, MOST, titles, rows);
    }

    /**
     * Returns a table with at most the given number of numeric columns; further ones follow below, next to the same
     * text columns.
     */
    static String table(String caption, int words, int most, List<String> titles, List<List<String>> rows) {
        int numbers = titles.size() - words;
        int bands = Math.max(1, (numbers + most - 1) / most);
        StringBuilder html = new StringBuilder("<figure class=\"table" + (numbers > FEW ? " many" : "") + "\">")
                .append(text("figcaption", caption));
        for (int band = 0; band < bands; band++) {
            html.append(
                    band(words, words + band * numbers / bands, words + (band + 1) * numbers / bands, titles, rows));
        }
        return html.append("</figure>\n").toString();
    }

    /** Returns a table with the text columns and a range of the numeric ones; rows without numbers are omitted. */
    private static String band(int words, int from, int to, List<String> titles, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
        for (String title : titles.subList(0, words)) {
            html.append("<th scope=\"col\" class=\"word\">")
                    .append(escape(title))
                    .append("</th>");
        }
        for (String title : titles.subList(from, to)) {
            html.append("<th scope=\"col\">").append(escape(title)).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            if (from < to && row.subList(from, to).stream().allMatch(String::isEmpty)) {
                continue;
            }
            html.append("<tr>");
            for (String cell : row.subList(0, words)) {
                html.append("<th scope=\"row\">").append(cell).append("</th>");
            }
            for (int i = from; i < to; i++) {
                html.append("<td data-of=\"").append(escape(titles.get(i))).append("\">");
                html.append(row.get(i)).append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table>\n").toString();
    }
}
