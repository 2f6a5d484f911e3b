package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PngEncoder;
import dev.clap4j.internal.io.AtomicFiles;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A picture of attacks: a row for each example with the clean image and, for each attack, the perturbation (magnified; grey
 * is zero) and the adversarial image above its predicted class.
 */
final class AttackGrid {
    private static final int LARGEST_MAGNIFICATION = 64;
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
    private final int magnification;
    private final BufferedImage image;
    private final Graphics2D graphics;

    /** An image under one attack: its pixels {@code [3, side, side]} and its predicted class. */
    record Example(float[] pixels, String predicted) {}

    /** An image of a domain, with its true class: as it is, then under each attack. */
    record Row(String domain, String label, List<Example> attacked) {}

    private AttackGrid(int side, int attacks, List<Row> rows) {
        this.side = side;
        this.shown = side * Math.max(1, (SMALLEST + side - 1) / side);
        this.magnification = magnification(rows);
        int height = 2 * MARGIN + 3 * LINE + rows.size() * (shown + LINE + GAP);
        this.image = new BufferedImage(column(2 * attacks - 1) + MARGIN, height, BufferedImage.TYPE_INT_RGB);
        this.graphics = image.createGraphics();
    }

    /** Returns the largest magnification that clips no change. */
    private static int magnification(List<Row> rows) {
        float largest = 0;
        for (Row row : rows) {
            float[] original = row.attacked().get(0).pixels();
            for (Example example : row.attacked()) {
                for (int i = 0; i < original.length; i++) {
                    largest = Math.max(largest, Math.abs(example.pixels()[i] - original[i]));
                }
            }
        }
        int magnification = LARGEST_MAGNIFICATION;
        while (magnification > 1 && largest * magnification > 0.5) {
            magnification /= 2;
        }
        return magnification;
    }

    private int column(int number) {
        return MARGIN + NAMES + number * (shown + GAP);
    }

    static void write(Path file, int side, String title, List<String> attacks, List<Row> rows) {
        AttackGrid grid = new AttackGrid(side, attacks.size(), rows);
        try {
            grid.draw(title, attacks, rows);
        } finally {
            grid.graphics.dispose();
        }
        AtomicFiles.writeBytes(file, PngEncoder.encode(Bitmap.of(grid.image)));
    }

    private void draw(String title, List<String> attacks, List<Row> rows) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        text(Font.BOLD, INK, title + ", changes × " + magnification, MARGIN, MARGIN + TEXT, Integer.MAX_VALUE);
        int base = MARGIN + 2 * LINE + TEXT;
        text(Font.PLAIN, INK, "original", column(0), base, shown);
        for (int attack = 1; attack < attacks.size(); attack++) {
            text(Font.PLAIN, INK, attacks.get(attack) + ": change", column(2 * attack - 1), base, shown);
            text(Font.PLAIN, INK, attacks.get(attack), column(2 * attack), base, shown);
        }
        for (int row = 0; row < rows.size(); row++) {
            row(rows.get(row), MARGIN + 3 * LINE + row * (shown + LINE + GAP));
        }
    }

    private void row(Row row, int top) {
        text(Font.BOLD, INK, row.label(), MARGIN, top + shown / 2, NAMES - GAP);
        text(Font.PLAIN, INK, row.domain(), MARGIN, top + shown / 2 + LINE, NAMES - GAP);
        float[] original = row.attacked().get(0).pixels();
        for (int attack = 0; attack < row.attacked().size(); attack++) {
            Example example = row.attacked().get(attack);
            float[] pixels = example.pixels();
            if (attack > 0) {
                picture(i -> 0.5f + (pixels[i] - original[i]) * magnification, column(2 * attack - 1), top);
            }
            int left = column(2 * attack);
            picture(i -> pixels[i], left, top);
            boolean correct = example.predicted().equals(row.label());
            String answer = (correct ? "✓ " : "✗ ") + example.predicted();
            text(Font.PLAIN, correct ? CORRECT : WRONG, answer, left, top + shown + TEXT + 2, shown);
        }
    }

    private void picture(IntToDoubleFunction values, int left, int top) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int plane = side * side;
        for (int i = 0; i < plane; i++) {
            int rgb = level(values, i) << 16 | level(values, plane + i) << 8 | level(values, 2 * plane + i);
            picture.setRGB(i % side, i / side, rgb);
        }
        graphics.drawImage(picture, left, top, shown, shown, null);
    }

    private static int level(IntToDoubleFunction values, int index) {
        return Math.round(Math.max(0, Math.min(1, (float) values.applyAsDouble(index))) * 255);
    }

    /** Writes a text, truncated to the width. */
    private void text(int style, Color colour, String text, int left, int base, int width) {
        graphics.setColor(colour);
        graphics.setFont(new Font(Font.SANS_SERIF, style, TEXT));
        String fitted = text;
        for (int length = text.length();
                length > 1 && graphics.getFontMetrics().stringWidth(fitted) > width;
                length--) {
            fitted = text.substring(0, length - 1) + "…";
        }
        graphics.drawString(fitted, left, base);
    }
}
