package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.PngEncoder;
import dev.clap4j.internal.io.AtomicFiles;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * A picture of attacks: a row for each example with the clean image and, for each attack, the perturbation (magnified; grey
 * is zero) and the adversarial image above its predicted class.
 */
public final class AttackGrid {
    private static final int[] MAGNIFICATIONS = {64, 32, 16, 8, 4, 2, 1};
    private static final int SMALLEST = 128;
    private static final int GAP = 10;
    private static final int LINE = 18;
    private static final int MARGIN = 16;
    private static final int NAMES = 130;
    private static final int TEXT = 13;
    private static final Color INK = new Color(0x222222);
    /** Blue and vermilion are distinguishable by colour-blind readers; a sign marks the text as well. */
    private static final Color CORRECT = new Color(0x0072B2);

    private static final Color WRONG = new Color(0xC44E00);

    private final int side;
    private final int shown;
    private final List<String> attacks;
    private final String title;
    private final List<Row> rows;
    private final int magnification;

    /**
     * An example.
     *
     * @param domain its domain
     * @param label its true class
     * @param cells the result of each attack, the clean image first
     */
    public record Row(String domain, String label, List<Cell> cells) {}

    /**
     * An image and its prediction.
     *
     * @param pixels {@code [3, side, side]}
     * @param predicted the predicted class
     * @param correct whether it is the true one
     */
    public record Cell(float[] pixels, String predicted, boolean correct) {}

    /**
     * Prepares a picture.
     *
     * @param side the side of the images
     * @param attacks the names of the attacks, the baseline first
     */
    public AttackGrid(int side, List<String> attacks, String title, List<Row> rows) {
        this.side = side;
        this.shown = side * Math.max(1, (SMALLEST + side - 1) / side);
        this.attacks = attacks;
        this.title = title;
        this.rows = rows;
        this.magnification = magnification(rows);
    }

    /** Returns the largest magnification that clips no change. */
    private static int magnification(List<Row> rows) {
        float largest = 0;
        for (Row row : rows) {
            float[] original = row.cells().get(0).pixels();
            for (Cell cell : row.cells()) {
                for (int i = 0; i < original.length; i++) {
                    largest = Math.max(largest, Math.abs(cell.pixels()[i] - original[i]));
                }
            }
        }
        for (int magnification : MAGNIFICATIONS) {
            if (largest * magnification <= 0.5) {
                return magnification;
            }
        }
        return 1;
    }

    private int width() {
        return 2 * MARGIN + NAMES + (2 * attacks.size() - 1) * (shown + GAP);
    }

    private int height() {
        return 2 * MARGIN + 3 * LINE + rows.size() * (shown + LINE + GAP);
    }

    /**
     * Writes the picture as a PNG file.
     *
     * @throws dev.clap4j.ClapException if it cannot be written
     */
    public void write(Path file) {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            titles(graphics);
            for (int row = 0; row < rows.size(); row++) {
                row(graphics, rows.get(row), MARGIN + 3 * LINE + row * (shown + LINE + GAP));
            }
        } finally {
            graphics.dispose();
        }
        Bitmap bitmap = Bitmap.of(PixelMode.RGB, width(), height(), samples(image));
        AtomicFiles.writeBytes(file, PngEncoder.encode(bitmap));
    }

    /** Returns red, green and blue {@code [height, width, 3]}. */
    private static byte[] samples(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] samples = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            samples[3 * i] = (byte) (pixels[i] >> 16);
            samples[3 * i + 1] = (byte) (pixels[i] >> 8);
            samples[3 * i + 2] = (byte) pixels[i];
        }
        return samples;
    }

    private void titles(Graphics2D graphics) {
        graphics.setColor(INK);
        graphics.setFont(font(Font.BOLD));
        graphics.drawString(title + ", changes × " + magnification, MARGIN, MARGIN + TEXT);
        int base = MARGIN + 2 * LINE + TEXT;
        text(graphics, "original", column(0), base);
        for (int attack = 1; attack < attacks.size(); attack++) {
            text(graphics, attacks.get(attack) + ": change", column(2 * attack - 1), base);
            text(graphics, attacks.get(attack), column(2 * attack), base);
        }
    }

    private static Font font(int style) {
        return new Font(Font.SANS_SERIF, style, TEXT);
    }

    private int column(int number) {
        return MARGIN + NAMES + number * (shown + GAP);
    }

    private void row(Graphics2D graphics, Row row, int top) {
        graphics.setColor(INK);
        graphics.setFont(font(Font.BOLD));
        graphics.drawString(fitted(graphics, row.label(), NAMES - GAP), MARGIN, top + shown / 2);
        graphics.setFont(font(Font.PLAIN));
        graphics.drawString(fitted(graphics, row.domain(), NAMES - GAP), MARGIN, top + shown / 2 + LINE);
        float[] original = row.cells().get(0).pixels();
        for (int attack = 0; attack < attacks.size(); attack++) {
            Cell cell = row.cells().get(attack);
            if (attack > 0) {
                picture(graphics, change(original, cell.pixels()), column(2 * attack - 1), top);
            }
            int left = column(2 * attack);
            picture(graphics, cell.pixels(), left, top);
            graphics.setColor(cell.correct() ? CORRECT : WRONG);
            text(graphics, (cell.correct() ? "✓ " : "✗ ") + cell.predicted(), left, top + shown + TEXT + 2);
        }
    }

    private float[] change(float[] original, float[] adversarial) {
        float[] change = new float[original.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = 0.5f + (adversarial[i] - original[i]) * magnification;
        }
        return change;
    }

    private void picture(Graphics2D graphics, float[] pixels, int left, int top) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int plane = side * side;
        for (int i = 0; i < plane; i++) {
            int rgb = level(pixels[i]) << 16 | level(pixels[plane + i]) << 8 | level(pixels[2 * plane + i]);
            picture.setRGB(i % side, i / side, rgb);
        }
        graphics.drawImage(picture, left, top, shown, shown, null);
    }

    private static int level(float value) {
        return Math.round(Math.max(0, Math.min(1, value)) * 255);
    }

    private void text(Graphics2D graphics, String text, int left, int base) {
        graphics.setFont(font(Font.PLAIN));
        graphics.drawString(fitted(graphics, text, shown), left, base);
    }

    /** Returns the text, truncated to the width. */
    private static String fitted(Graphics2D graphics, String text, int width) {
        FontMetrics metrics = graphics.getFontMetrics();
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 1 && metrics.stringWidth(text.substring(0, length) + "…") > width) {
            length--;
        }
        return text.substring(0, length) + "…";
    }
}
