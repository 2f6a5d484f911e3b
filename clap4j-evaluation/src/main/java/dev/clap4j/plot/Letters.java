package dev.clap4j.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text drawn as outlines, so that a figure looks the same on every system. */
final class Letters {
    /** The font size in which text is set before it is scaled, so that all sizes share their outlines. */
    private static final float SIZE = 200;

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private static final Pattern SPACES = Pattern.compile(" +");

    private Letters() {}

    private static GlyphVector set(String text, Font font) {
        return font.deriveFont(SIZE).createGlyphVector(CONTEXT, text);
    }

    static double width(String text, Font font) {
        GlyphVector line = set(text, font);
        return line.getGlyphPosition(line.getNumGlyphs()).getX() * font.getSize2D() / SIZE;
    }

    /** Draws a line of text starting at x, with its baseline at y. */
    static void draw(Canvas canvas, String text, Font font, Color colour, double x, double y) {
        draw(canvas, text, font, colour, AffineTransform.getTranslateInstance(x, y));
    }

    private static void draw(Canvas canvas, String text, Font font, Color colour, AffineTransform place) {
        place.scale(font.getSize2D() / SIZE, font.getSize2D() / SIZE);
        canvas.text(set(text, font), place, colour);
    }

    /** Draws a line of text in the text colour, centred at x, with its baseline at y. */
    static void centre(Canvas canvas, String text, Font font, double x, double y) {
        draw(canvas, text, font, PlotTheme.INK, x - width(text, font) / 2, y);
    }

    /** Draws a line of text that reads upwards, in the text colour, with its baseline at x and centred at y. */
    static void upwards(Canvas canvas, String text, Font font, double x, double y) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y + width(text, font) / 2);
        place.quadrantRotate(-1);
        draw(canvas, text, font, PlotTheme.INK, place);
    }

    /** The most characters of a text that are measured in order to cut it. */
    private static final int MOST = 1000;

    /** Cuts a text to a maximum width, with an ellipsis at the end. */
    static String cut(String text, Font font, double width) {
        String start = text.substring(0, Math.min(text.length(), MOST));
        String cut = start;
        for (int end = start.length(); end > 0 && width(cut, font) > width; end = text.offsetByCodePoints(end, -1)) {
            cut = text.substring(0, end).strip() + "…";
        }
        return cut;
    }

    /** Breaks a text between words into lines of a maximum width. */
    static List<String> wrap(String text, Font font, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : SPACES.splitAsStream(text).toList()) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer, font) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }
}
