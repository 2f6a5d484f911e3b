package dev.clap4j.internal.server.page;

import dev.clap4j.internal.server.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The files of the page: one of HTML, one style sheet, and a few modules of JavaScript, as they are. */
public final class Page {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "page.css", STYLE,
            "docs.css", STYLE,
            "icon.svg", "image/svg+xml",
            "page.js", SCRIPT,
            "api.js", SCRIPT,
            "dom.js", SCRIPT,
            "compare.js", SCRIPT,
            "search.js", SCRIPT,
            "map.js", SCRIPT);

    private Page() {}

    /** Returns the answers to requests for the page, by path. */
    public static Map<String, Reply> replies() {
        Map<String, Reply> replies = new LinkedHashMap<>();
        TYPES.forEach((file, type) -> replies.put(
                file.equals("index.html") ? "/" : "/page/" + file,
                new Reply(
                        200,
                        type,
                        read(file),
                        Map.of("Content-Security-Policy", POLICY, "Cache-Control", "no-cache"))));
        return replies;
    }

    private static byte[] read(String file) {
        try (InputStream in = Page.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
