package dev.clap4j.plot;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** One plot of a figure. */
public sealed interface Panel permits ScatterPanel, LinePanel, BarPanel {
    /** Returns the title; may be empty. */
    String title();

    /** Returns the names in the legend, in order. */
    List<String> names();

    /** Returns the preferred width in figure pixels. */
    int width();

    /** Returns the preferred height in figure pixels. */
    int height();

    /** Draws the plot, without title and legend, in an area at least as large as preferred. */
    void paint(Canvas canvas, Styles styles, Rectangle2D area);
}
