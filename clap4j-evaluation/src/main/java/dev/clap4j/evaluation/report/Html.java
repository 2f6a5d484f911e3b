package dev.clap4j.evaluation.report;

import dev.clap4j.internal.io.Names;
import java.util.List;

/** Builds HTML. Parameters named text are escaped; those named html are not. */
final class Html {
    /** More columns of numbers than these are narrow ones. */
    private static final int FEW = 4;

    /** The most columns of numbers that are legible on a small screen and in print. */
    private static final int MOST = 9;

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
        return table(caption, words, MOST, titles, rows);
    }

    /** The same with at most so many columns of numbers side by side; more follow below, beside the same words. */
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

    /** The words, and the numbers from one column to before another; rows without any are left out. */
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
