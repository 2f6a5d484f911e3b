package dev.clap4j.evaluation.plot;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The legend: one entry per name, wrapped into rows. */
final class Legend {
    private static final int ROW_HEIGHT = 24;
    private static final int GAP = 22;
    private static final int MARKER_SIZE = 10;

    private final LegendKey key;
    private final Styles styles;
    private final List<Entry> entries = new ArrayList<>();
    private final int rows;

    private record Entry(String name, double x, int row) {}

    Legend(List<String> names, LegendKey key, Styles styles, double width) {
        this.key = key;
        this.styles = styles;
        double x = 0;
        int row = 0;
        for (String name : names) {
            double length = keyWidth() + Letters.width(name, PlotTheme.LEGEND);
            if (x > 0 && x + length > width) {
                x = 0;
                row++;
            }
            entries.add(new Entry(name, x, row));
            x += length + GAP;
        }
        rows = names.isEmpty() ? 0 : row + 1;
    }

    private double keyWidth() {
        return key == LegendKey.LINE ? 46 : 20;
    }

    int height() {
        return rows * ROW_HEIGHT;
    }

    void draw(Graphics2D g, double left, double top) {
        for (Entry entry : entries) {
            double x = left + entry.x;
            double middle = top + (entry.row + 0.5) * ROW_HEIGHT;
            Style style = styles.of(entry.name);
            g.setColor(style.colour());
            switch (key) {
                case MARKER -> style.marker().paint(g, x + 7, middle, MARKER_SIZE);
                case LINE -> {
                    g.setStroke(style.line());
                    g.draw(new Line2D.Double(x, middle, x + 38, middle));
                    style.marker().paint(g, x + 19, middle, MARKER_SIZE);
                }
                case BOX -> g.fill(new Rectangle2D.Double(x, middle - 7, 14, 14));
            }
            Letters.draw(g, entry.name, PlotTheme.LEGEND, PlotTheme.INK, x + keyWidth(), middle + 5);
        }
    }
}
