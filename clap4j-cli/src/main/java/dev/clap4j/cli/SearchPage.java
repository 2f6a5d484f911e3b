package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.Thumbnail;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.search.FoundImage;
import dev.clap4j.search.IndexedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The results of a search, as one HTML file with small copies of the pictures: without scripts, and nothing from elsewhere. */
final class SearchPage {
    /** The most results on a page, each some ten kilobytes. */
    static final int MOST = 1000;

    private static final int SIDE = 256;

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { margin: 0 auto; max-width: 80rem; padding: 1rem; font-family: system-ui, sans-serif; line-height: 1.4; }
            h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
            ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem;
              grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); }
            a { display: block; color: inherit; text-decoration: none; border-radius: .5rem; }
            a:hover b, a:focus-visible b { text-decoration: underline; }
            img, .missing { display: block; box-sizing: border-box; width: 100%; aspect-ratio: 1; object-fit: contain;
              border-radius: .5rem; background: color-mix(in srgb, CanvasText 8%, Canvas); }
            .missing { padding: 1rem; font-size: .85rem; overflow: auto; }
            b { display: block; font-weight: 500; margin-top: .3rem; overflow-wrap: anywhere; }
            small { overflow-wrap: anywhere; }
            """;

    /** No file of another kind begins like this. */
    private static final String BEGINNING = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="generator" content="clap search">
            """;

    private SearchPage() {}

    private static void requireNoOther(Path page) {
        byte[] beginning = BEGINNING.getBytes(StandardCharsets.UTF_8);
        if (!Files.isRegularFile(page)) {
            return;
        }
        try (InputStream in = Files.newInputStream(page)) {
            if (Arrays.equals(in.readNBytes(beginning.length), beginning)) {
                return;
            }
        } catch (IOException e) {
            throw new ClapException("Cannot replace " + page + ": " + IoReasons.of(e), e);
        }
        throw new ClapException(page + " exists and is no page of a search; it is left as it is, name another file");
    }

    /**
     * Writes a page, in place of an earlier one and of no other file.
     *
     * @param query the query in words
     * @throws ClapException if it cannot be written, or the file is no page of an earlier search
     */
    static void write(Path page, String query, List<FoundImage> found, Progress progress) {
        requireNoOther(page);
        Map<Integer, String> pictures = new ConcurrentHashMap<>();
        List<Integer> places = IntStream.range(0, found.size()).boxed().toList();
        Steps.begin(progress, "thumbnails", found.size())
                .parallel(
                        places,
                        place -> pictures.put(place, picture(found.get(place).image())));
        StringBuilder html = new StringBuilder(BEGINNING).append("""
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%2$s</h1>
                """.formatted(hash(), escaped(query), STYLE));
        html.append(found.isEmpty() ? "<p>Nothing was found.</p>\n" : "<ol>\n");
        for (int place : places) {
            html.append(item(found.get(place), pictures.get(place)));
        }
        html.append(found.isEmpty() ? "" : "</ol>\n").append("</main>\n</body>\n</html>\n");
        AtomicFiles.writeString(page, html.toString());
    }

    private static String hash() {
        return Base64.getEncoder().encodeToString(Digests.sha256().digest(STYLE.getBytes(StandardCharsets.UTF_8)));
    }

    private static String item(FoundImage found, String picture) {
        IndexedImage image = found.image();
        StringBuilder labels = new StringBuilder(String.format(Locale.ROOT, "%.3f", found.similarity()));
        image.className().ifPresent(name -> labels.append(", ").append(name));
        image.style().ifPresent(name -> labels.append(", ").append(name));
        return "<li><a href=\"" + escaped(image.path().toUri().toASCIIString()) + "\" title=\""
                + escaped(image.path().toString()) + "\">" + picture + "<b>" + escaped(name(image)) + "</b></a><small>"
                + escaped(labels.toString()) + "</small></li>\n";
    }

    /** Returns a small copy of a picture as an element; if it cannot be shown, the reason. */
    private static String picture(IndexedImage image) {
        try {
            byte[] jpeg =
                    ImageDecoder.decode(image.path(), DecodeOptions.defaults(), bitmap -> Thumbnail.jpeg(bitmap, SIDE));
            return "<img src=\"data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg) + "\" alt=\""
                    + escaped(name(image)) + "\">";
        } catch (ClapException e) {
            return "<span class=\"missing\">" + escaped(e.getMessage()) + "</span>";
        }
    }

    private static String name(IndexedImage image) {
        return String.valueOf(image.path().getFileName());
    }

    private static String escaped(String text) {
        return Names.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
