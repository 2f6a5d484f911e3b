package dev.clap4j.evaluation.report;

import dev.clap4j.ClapException;
import dev.clap4j.evaluation.plot.Figure;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures that a page carries in itself. */
final class Picture {
    /** Larger pictures are made smaller, so that a page of photographs stays a page. */
    private static final int LARGEST = 160;

    private Picture() {}

    /**
     * A picture as a data URI, PNG.
     *
     * @throws ClapException if it cannot be read
     */
    static String dataUri(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new ClapException("Cannot show " + file + " in the report: it is no picture of a known kind");
            }
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(fitted(image), "png", png);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
        } catch (IOException e) {
            throw new ClapException("Cannot show " + file + " in the report: " + e.getMessage(), e);
        }
    }

    /**
     * A PNG file as it is, under a caption; it may be as wide as the page.
     *
     * @throws ClapException if it cannot be read
     */
    static String file(Path file, String caption) {
        try {
            return figure("image/png", Files.readAllBytes(file), caption);
        } catch (IOException e) {
            throw new ClapException("Cannot show " + file + " in the report: " + e, e);
        }
    }

    /** A plot under a caption. What an SVG calls its parts would clash with another's if both stood in the page itself. */
    static String plot(Figure figure, String caption) {
        return figure("image/svg+xml", figure.svg().getBytes(StandardCharsets.UTF_8), caption);
    }

    private static String figure(String type, byte[] content, String caption) {
        return "<figure class=\"plot\"><img src=\"data:" + type + ";base64,"
                + Base64.getEncoder().encodeToString(content) + "\" alt=\"" + Html.escape(caption) + "\"/>\n"
                + Html.text("figcaption", caption) + "</figure>\n";
    }

    private static BufferedImage fitted(BufferedImage image) {
        double scale = Math.min(1, LARGEST / (double) Math.max(image.getWidth(), image.getHeight()));
        int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
        int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
        BufferedImage fitted = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = fitted.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
        graphics.dispose();
        return fitted;
    }
}
