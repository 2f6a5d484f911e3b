package dev.clap4j.evaluation.plot;

import java.awt.Graphics2D;
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

    /** Draws the plot, without title and legend, with its top left corner at the origin. */
    void paint(Graphics2D g, Styles styles, int width, int height);

    /** Returns the key symbol in the legend. */
    LegendKey key();
}
