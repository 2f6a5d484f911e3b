package dev.clap4j.report;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.PillowResize;
import dev.clap4j.internal.image.PngEncoder;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.internal.image.Thumbnail;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.plot.Figure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Images embedded in a page, scaled down to limit its size. */
final class Picture {
    /** The width of pictures of a run on a page, in pixels. */
    private static final int WIDTH = 900;

    /** The size of samples. */
    private static final int SAMPLE = 160;

    /** The size limit of a run's images. */
    private static final long MOST_BYTES = 32L << 20;

    private static final long MOST_PIXELS = 1 << 25;

    /** The number of bytes of pictures of runs on a page. */
    private static final int BUDGET = 1_000_000;

    /** The size above which a plot is embedded as pixels rather than vectors. */
    private static final int MOST_VECTORS = 120_000;

    private int left = BUDGET;

    /** Returns a picture of a run with a caption; if it cannot be shown, the page says why. */
    String ofRun(SavedRun run, String name, String caption) {
        if (left <= 0) {
            return missing(name, "the page would be too large; it is in the folder of the run");
        }
        try {
            Optional<Bitmap> image = decoded(run, name);
            if (image.isEmpty()) {
                return missing(name, "there is no such file inside the run's folder");
            }
            byte[] png = PngEncoder.encode(fitted(image.get(), WIDTH, Integer.MAX_VALUE));
            byte[] jpeg = jpeg(png);
            boolean small = png.length <= jpeg.length;
            byte[] content = small ? png : jpeg;
            left -= content.length;
            return figure(small ? "image/png" : "image/jpeg", content, caption);
        } catch (ClapException e) {
            return missing(name, e.getMessage());
        }
    }

    private static Optional<Bitmap> decoded(SavedRun run, String name) {
        return run.file(name)
                .map(file -> ImageDecoder.decode(
                        InputFiles.read(file, MOST_BYTES),
                        name,
                        DecodeOptions.defaults().withMaxPixels(MOST_PIXELS)));
    }

    private static String missing(String name, String why) {
        return Html.text("p", "The picture " + name + " is missing: " + why + ".");
    }

    /** Returns a small image of a run as an element; empty if it cannot be shown. */
    static String sample(SavedRun run, String name, String description) {
        try {
            return decoded(run, name)
                    .map(image -> "<img src=\""
                            + uri("image/png", PngEncoder.encode(fitted(image, SAMPLE, SAMPLE))) + "\" alt=\""
                            + Html.escape(description) + "\"/>")
                    .orElse("");
        } catch (ClapException e) {
            return "";
        }
    }

    /**
     * Returns a plot with a caption. Panels stand below each other if they are too wide for the page. It is embedded as an
     * image, since element ids of several inline SVGs would clash.
     */
    static String plot(Figure whole, String caption) {
        Figure figure = whole.width() > WIDTH ? new Figure(whole.title(), whole.subtitle(), whole.panels(), 1) : whole;
        byte[] svg = figure.svg().getBytes(StandardCharsets.UTF_8);
        byte[] png = svg.length > MOST_VECTORS ? figure.png() : svg;
        return png.length < svg.length ? figure("image/png", png, caption) : figure("image/svg+xml", svg, caption);
    }

    private static String figure(String type, byte[] content, String caption) {
        return "<figure class=\"plot\"><img src=\"" + uri(type, content) + "\" alt=\"" + Html.escape(caption) + "\"/>\n"
                + Html.text("figcaption", caption) + "</figure>\n";
    }

    private static String uri(String type, byte[] content) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }

    private static byte[] jpeg(byte[] png) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(ImageIO.read(new ByteArrayInputStream(png)), "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Bitmap fitted(Bitmap image, int mostWidth, int mostHeight) {
        double scale = Math.min(1, Math.min(mostWidth / (double) image.width(), mostHeight / (double) image.height()));
        int width = (int) Math.max(1, Math.round(image.width() * scale));
        int height = (int) Math.max(1, Math.round(image.height() * scale));
        return Thumbnail.onWhite(PillowResize.resize(image, width, height, Resampling.BILINEAR));
    }
}
