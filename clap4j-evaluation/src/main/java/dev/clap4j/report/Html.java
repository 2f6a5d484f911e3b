package dev.clap4j.report;

import dev.clap4j.internal.io.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Builds HTML. Parameters named {@code text} are escaped; those named {@code html} are not. */
final class Html {
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

    static String page(String title, String html) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                """
                + text("title", title) + element("style", "\n" + style()) + "</head>\n<body>\n<main>\n" + html
                + "</main>\n</body>\n</html>\n";
    }

    private static String style() {
        try (InputStream in = Html.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("page.css", e);
        }
    }
}
