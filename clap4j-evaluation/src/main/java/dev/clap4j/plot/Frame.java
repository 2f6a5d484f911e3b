package dev.clap4j.plot;

import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The frame around the data of a plot, with axes outside it. */
final class Frame {
    /** The height in pixels of a horizontal axis without a title. */
    static final int LABELS = 26;

    /** The height in pixels of a horizontal axis with a title. */
    static final int FOOT = 44;

    private static final int TITLE_HEIGHT = 24;
    private static final int GAP = 8;
    private static final int MARK = 4;

    private final Canvas canvas;
    private final Rectangle2D box;

    /**
     * Draws a frame.
     *
     * @param area the area of the plot, axes included
     * @param left the width of the vertical axis
     * @param foot the height of the horizontal axis
     */
    Frame(Canvas canvas, Rectangle2D area, double left, double foot) {
        this.canvas = canvas;
        box = new Rectangle2D.Double(
                area.getX() + left + PlotTheme.PADDING,
                area.getY() + PlotTheme.PADDING,
                area.getWidth() - left - 2 * PlotTheme.PADDING,
                area.getHeight() - foot - 2 * PlotTheme.PADDING);
        canvas.draw(box, PlotTheme.FRAME, PlotTheme.THIN);
    }

    /** Draws a frame with a vertical axis and grid lines at its numbers. */
    static Frame upright(Canvas canvas, Rectangle2D area, double foot, String title, Ticks ticks, Range range) {
        double numbers = ticks.values().stream()
                .mapToDouble(value -> Letters.width(ticks.label(value), PlotTheme.TICKS))
                .max()
                .orElse(0);
        double room = Math.ceil(numbers) + GAP + (title.isEmpty() ? 0 : TITLE_HEIGHT);
        Frame frame = new Frame(canvas, area, room, foot);
        double left = frame.box.getMinX();
        Lines grid = new Lines();
        Lines marks = new Lines();
        for (double value : ticks.values()) {
            double y = frame.y(range, value);
            grid.add(left + 0.5, y, frame.box.getMaxX() - 0.5, y);
            marks.add(left - MARK, y, left, y);
            String label = ticks.label(value);
            double start = left - GAP - Letters.width(label, PlotTheme.TICKS);
            Letters.draw(canvas, label, PlotTheme.TICKS, PlotTheme.INK, start, y + 4.5);
        }
        canvas.draw(grid.path(), PlotTheme.GRID, PlotTheme.THIN);
        canvas.draw(marks.path(), PlotTheme.FRAME, PlotTheme.THIN);
        double middle = frame.box.getCenterY();
        Letters.upwards(canvas, title, PlotTheme.AXIS_TITLE, area.getMinX() + TITLE_HEIGHT - GAP, middle);
        return frame;
    }

    /** Draws a horizontal axis and grid lines at its numbers. */
    void level(String title, Ticks ticks, Range range) {
        SortedMap<Double, String> labels = new TreeMap<>();
        Lines grid = new Lines();
        for (double value : ticks.values()) {
            double x = x(range, value);
            labels.put(x, ticks.label(value));
            grid.add(x, box.getMinY() + 0.5, x, box.getMaxY() - 0.5);
        }
        canvas.draw(grid.path(), PlotTheme.GRID, PlotTheme.THIN);
        below(title, labels, true);
    }

    /**
     * Draws a horizontal axis. A label without room beside the previous one is left out.
     *
     * @param labels by pixel
     * @param marked true to mark the places of labels
     */
    void below(String title, SortedMap<Double, String> labels, boolean marked) {
        double free = Double.NEGATIVE_INFINITY;
        double bottom = box.getMaxY();
        Lines marks = new Lines();
        for (Map.Entry<Double, String> label : labels.entrySet()) {
            double x = label.getKey();
            double half = Letters.width(label.getValue(), PlotTheme.TICKS) / 2;
            if (x - half >= free) {
                Letters.centre(canvas, label.getValue(), PlotTheme.TICKS, x, bottom + 20);
                free = x + half + GAP;
            }
            marks.add(x, bottom, x, bottom + (marked ? MARK : 0));
        }
        canvas.draw(marks.path(), PlotTheme.FRAME, PlotTheme.THIN);
        Letters.centre(canvas, title, PlotTheme.AXIS_TITLE, box.getCenterX(), bottom + 41);
    }

    Rectangle2D box() {
        return box;
    }

    double x(Range range, double value) {
        return range.place(value, box.getMinX(), box.getMaxX());
    }

    double y(Range range, double value) {
        return range.place(value, box.getMaxY(), box.getMinY());
    }
}
