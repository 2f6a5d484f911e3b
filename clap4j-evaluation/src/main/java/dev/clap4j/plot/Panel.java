package dev.clap4j.plot;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;

/** One plot of a figure. */
public sealed interface Panel permits ScatterPanel, LinePanel, BarPanel {
    /** Returns the title; may be empty. */
    String title();

    /** Returns the names in the legend, in order. */
    List<String> names();

    /** Returns the preferred size in figure pixels. */
    Dimension size();

    /** Draws the plot, without title and legend, in an area at least as large as preferred. */
    void paint(Canvas canvas, Map<String, Style> styles, Rectangle2D area);
}
