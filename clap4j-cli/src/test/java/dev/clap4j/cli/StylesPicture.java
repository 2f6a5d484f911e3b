package dev.clap4j.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws the answers of CLIP and CLAP below the pictures they were given. */
final class StylesPicture {
    /** Pixels for each unit below: sharp on most screens. */
    private static final int SCALE = 2;

    private static final int MARGIN = 16;
    private static final int COLUMN = 208;
    /** A whole number of units for each pixel of a picture, so that it stays sharp and the file small. */
    private static final int SIDE = 192;

    private static final int TITLE = 24;
    private static final int ROW = 46;
    private static final int HEIGHT = TITLE + SIDE + 2 * ROW + 2 * MARGIN;

    private static final Color INK = new Color(0x1F2328);
    private static final Color FAINT = new Color(0x59636E);
    private static final Color TRACK = new Color(0xE6E9EC);
    private static final Color RIGHT = new Color(0x1A7F64);
    private static final Color WRONG = new Color(0xC2410C);

    private final Graphics2D g;

    private StylesPicture(Graphics2D g) {
        this.g = g;
    }

    /** The picture as a PNG file. */
    static byte[] png(Styles styles, List<byte[]> pictures) throws IOException {
        int width = COLUMN * pictures.size() - (COLUMN - SIDE) + 2 * MARGIN;
        BufferedImage image = new BufferedImage(width * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.scale(SCALE, SCALE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, HEIGHT);
        StylesPicture picture = new StylesPicture(g);
        for (int i = 0; i < pictures.size(); i++) {
            picture.column(MARGIN + i * COLUMN, styles.concept(), styles.shown().get(i), pictures.get(i));
        }
        g.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private void column(int left, String concept, Styles.Shown shown, byte[] picture) throws IOException {
        text(shown.imageType(), left, MARGIN + 14, Font.BOLD, 14, INK);
        int top = MARGIN + TITLE;
        g.drawImage(ImageIO.read(new ByteArrayInputStream(picture)), left, top, SIDE, SIDE, null);
        answer("CLIP", shown.clip(), concept, left, top + SIDE);
        answer("CLAP", shown.clap(), concept, left, top + SIDE + ROW);
    }

    private void answer(String method, Styles.Answer answer, String concept, int left, int top) {
        boolean right = answer.className().equals(concept);
        Color colour = right ? RIGHT : WRONG;
        int base = top + 28;
        text(method, left, base, Font.PLAIN, 13, FAINT);
        mark(right, colour, left + 44, base - 10);
        text(answer.className(), left + 60, base, Font.BOLD, 14, colour);
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * answer.probability());
        g.setFont(font(Font.PLAIN, 13));
        text(percent, left + SIDE - g.getFontMetrics().stringWidth(percent), base, Font.PLAIN, 13, INK);
        g.setColor(TRACK);
        g.fillRoundRect(left, base + 7, SIDE, 6, 6, 6);
        g.setColor(colour);
        g.fillRoundRect(left, base + 7, (int) Math.round(SIDE * answer.probability()), 6, 6, 6);
    }

    /** A tick or a cross, so that colour is not all that tells. */
    private void mark(boolean right, Color colour, int left, int top) {
        Path2D mark = new Path2D.Double();
        if (right) {
            mark.moveTo(left, top + 5.5);
            mark.lineTo(left + 4, top + 10);
            mark.lineTo(left + 10, top + 1);
        } else {
            mark.moveTo(left + 1, top + 1);
            mark.lineTo(left + 9, top + 10);
            mark.moveTo(left + 9, top + 1);
            mark.lineTo(left + 1, top + 10);
        }
        g.setColor(colour);
        g.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(mark);
    }

    private void text(String text, int x, int y, int style, int size, Color colour) {
        g.setFont(font(style, size));
        g.setColor(colour);
        g.drawString(text, x, y);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
