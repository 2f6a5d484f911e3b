package dev.clap4j.evaluation.plot;

import java.awt.Graphics2D;
import java.util.List;

/** One plot of a figure. */
public sealed interface Panel permits ScatterPanel, LinePanel, BarPanel {
    /** What stands above it; empty for nothing. */
    String title();

    /** The names that the legend explains, in order. */
    List<String> names();

    /** How wide it wants to be, in the figure's pixels. */
    int width();

    /** How high it wants to be, in the figure's pixels. */
    int height();

    /** Draws the plot, without title and legend, from the origin on. */
    void paint(Graphics2D g, Styles styles, int width, int height);

    /** How the legend shows what has that name. */
    LegendKey key();
}
