package dev.clap4j.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The legend: one entry per name, wrapped into rows. */
final class Legend {
    private static final int ROW_HEIGHT = 24;
    private static final int GAP = 22;
    private static final int MARKER_SIZE = 10;

    private final Panel panel;
    private final List<Entry> entries = new ArrayList<>();
    private final int rows;

    private record Entry(Style style, String label, double x, int row) {}

    /**
     * Lays out a legend.
     *
     * @param panel the first panel, whose kind determines the key symbols
     */
    Legend(List<String> names, Panel panel, Styles styles, double width) {
        this.panel = panel;
        double x = 0;
        int row = 0;
        for (String name : names) {
            String label = Letters.cut(name, PlotTheme.LEGEND, width - keyWidth());
            double length = keyWidth() + Letters.width(label, PlotTheme.LEGEND);
            if (x > 0 && x + length > width) {
                x = 0;
                row++;
            }
            entries.add(new Entry(styles.of(name), label, x, row));
            x += length + GAP;
        }
        rows = names.isEmpty() ? 0 : row + 1;
    }

    private double keyWidth() {
        return panel instanceof LinePanel ? 46 : 20;
    }

    int height() {
        return rows * ROW_HEIGHT;
    }

    void draw(Canvas canvas, double left, double top) {
        for (Entry entry : entries) {
            double x = left + entry.x;
            double middle = top + (entry.row + 0.5) * ROW_HEIGHT;
            Style style = entry.style;
            double centre = x + (panel instanceof LinePanel ? 19 : 7);
            if (panel instanceof LinePanel) {
                canvas.draw(new Line2D.Double(x, middle, x + 38, middle), style.colour(), style.line());
            }
            if (panel instanceof BarPanel) {
                style.fill(canvas, List.of(new Rectangle2D.Double(x, middle - 7, 14, 14)));
            } else {
                canvas.stamp(style.marker(), style.colour(), MARKER_SIZE, List.of(new Point2D.Double(centre, middle)));
            }
            Letters.draw(canvas, entry.label, PlotTheme.LEGEND, PlotTheme.INK, x + keyWidth(), middle + 5);
        }
    }
}
