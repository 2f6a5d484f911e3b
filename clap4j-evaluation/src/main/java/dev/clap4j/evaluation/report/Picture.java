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

/** Pictures that a page carries in itself. */
final class Picture {
    /** Larger pictures are made smaller, so that a page of photographs stays a page. */
    private static final int LARGEST = 160;

    /** Plots that are wider are not shrunk to a phone's width, where nobody could read them, but scroll. */
    private static final int BROAD = 700;

    /** The size limit of a run's pictures. */
    private static final long MOST_BYTES = 32L << 20;

    private static final long MOST_PIXELS = 1 << 25;

    private Picture() {}

    /**
     * A picture as a data URI, PNG.
     *
     * @throws ClapException if it cannot be read
     */
    static String dataUri(Path file) {
        Bitmap small = ImageDecoder.decode(file, DecodeOptions.defaults(), Picture::fitted);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(PngEncoder.encode(small));
    }

    /**
     * A PNG file of a run as it is, under a caption; it may be as wide as the page. In the place of one that is not inside the
     * run's folder, is no picture or too large a one, the page says so.
     *
     * @param names what the file may be called; the first that is there counts
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

    /** A plot under a caption. What an SVG calls its parts would clash with another's if both stood in the page itself. */
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
