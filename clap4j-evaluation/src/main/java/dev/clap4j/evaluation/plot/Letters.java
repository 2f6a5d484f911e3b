package dev.clap4j.evaluation.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text drawn as outlines, like that of the charts, so that a figure looks the same on every system. */
final class Letters {
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private static final Pattern SPACES = Pattern.compile(" +");

    private Letters() {}

    static double width(String text, Font font) {
        return font.getStringBounds(text, CONTEXT).getWidth();
    }

    /** Draws a line of text starting at x, with its baseline at y. */
    static void draw(Graphics2D g, String text, Font font, Color colour, double x, double y) {
        g.setColor(colour);
        g.fill(font.createGlyphVector(CONTEXT, text).getOutline((float) x, (float) y));
    }

    /** Draws a line of text in the text colour, centred at x, with its baseline at y. */
    static void centre(Graphics2D g, String text, Font font, double x, double y) {
        draw(g, text, font, PlotTheme.INK, x - width(text, font) / 2, y);
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
