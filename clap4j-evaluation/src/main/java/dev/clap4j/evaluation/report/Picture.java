package dev.clap4j.evaluation.report;

import dev.clap4j.ClapException;
import dev.clap4j.evaluation.plot.Figure;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.PillowResize;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.PngEncoder;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.internal.io.InputFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Images embedded in a page. */
final class Picture {
    /** The maximum size of embedded images; larger ones are scaled down to limit the size of the page. */
    private static final int LARGEST = 160;

    /** The width above which plots scroll on a phone instead of being scaled down, to remain legible. */
    private static final int BROAD = 700;

    /** The size limit of a run's images. */
    private static final long MOST_BYTES = 32L << 20;

    private static final long MOST_PIXELS = 1 << 25;

    private Picture() {}

    /**
     * Returns an image as a data URI, PNG.
     *
     * @throws ClapException if it cannot be read
     */
    static String dataUri(Path file) {
        Bitmap small = ImageDecoder.decode(file, DecodeOptions.defaults(), Picture::fitted);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(PngEncoder.encode(small));
    }

    /**
     * Returns a PNG file of a run, unchanged, with a caption; it may be as wide as the page. If the file is not inside
     * the run directory, not an image or too large, the page says so instead.
     *
     * @param names possible names of the file; the first one that exists is used
     */
    static String ofRun(RunRecord run, List<String> names, String caption) {
        Optional<Path> file =
                names.stream().flatMap(name -> run.file(name).stream()).findFirst();
        if (file.isEmpty()) {
            return missing(names.get(0), "there is no such file inside the run's folder");
        }
        try {
            byte[] png = InputFiles.read(file.get(), MOST_BYTES);
            ImageDecoder.decode(png, names.get(0), DecodeOptions.defaults().withMaxPixels(MOST_PIXELS));
            return isPng(png) ? figure("image/png", png, true, caption) : missing(names.get(0), "it is no PNG file");
        } catch (ClapException e) {
            return missing(names.get(0), e.getMessage());
        }
    }

    private static boolean isPng(byte[] file) {
        return file.length > 4 && file[0] == (byte) 0x89 && file[1] == 'P' && file[2] == 'N' && file[3] == 'G';
    }

    private static String missing(String name, String why) {
        return Html.text("p", "The picture " + name + " is missing: " + why + ".");
    }

    /**
     * Returns a plot with a caption. It is embedded as an image, since element ids of several inline SVGs would clash.
     */
    static String plot(Figure figure, String caption) {
        boolean broad = figure.width() > BROAD;
        return figure("image/svg+xml", figure.svg().getBytes(StandardCharsets.UTF_8), broad, caption);
    }

    private static String figure(String type, byte[] content, boolean broad, String caption) {
        return "<figure class=\"plot" + (broad ? " broad" : "") + "\"><img src=\"data:" + type + ";base64,"
                + Base64.getEncoder().encodeToString(content) + "\" alt=\"" + Html.escape(caption) + "\"/>\n"
                + Html.text("figcaption", caption) + "</figure>\n";
    }

    private static Bitmap fitted(Bitmap image) {
        double scale = Math.min(1, LARGEST / (double) Math.max(image.width(), image.height()));
        int width = (int) Math.max(1, Math.round(image.width() * scale));
        int height = (int) Math.max(1, Math.round(image.height() * scale));
        return onWhite(PillowResize.resize(image, width, height, Resampling.BILINEAR));
    }

    /** Flattens an image onto white. */
    private static Bitmap onWhite(Bitmap image) {
        Bitmap rgb = image.toRgb();
        if (image.mode() != PixelMode.RGBA && image.mode() != PixelMode.LA) {
            return rgb;
        }
        int bands = image.mode().bytes();
        byte[] samples = rgb.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            int opacity = image.samples()[i / 3 * bands + bands - 1] & 0xFF;
            samples[i] = (byte) (((samples[i] & 0xFF) * opacity + 255 * (255 - opacity)) / 255);
        }
        return Bitmap.of(PixelMode.RGB, image.width(), image.height(), samples);
    }
}
