package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;

/** Fonts, colours and strokes shared by all figures. Sizes are in figure pixels; a PNG has two per figure pixel. */
final class PlotTheme {
    static final Color INK = new Color(0x1B1F24);
    static final Color PALE_INK = new Color(0x4A525B);
    static final Color PAPER = Color.WHITE;

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    static final Font SUBTITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font PANEL_TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font VALUES = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    static final Font AXIS_TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Color GRID = new Color(0xDDE1E6);
    static final Color FRAME = new Color(0xB4BAC2);

    static final BasicStroke THIN = stroke(1);

    /** Pixels around a plot. */
    static final int PADDING = 4;

    private PlotTheme() {}

    /** Returns a stroke, continuous without dashes. */
    static BasicStroke stroke(float width, float... dashes) {
        return new BasicStroke(
                width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes.length == 0 ? null : dashes, 0);
    }
}
