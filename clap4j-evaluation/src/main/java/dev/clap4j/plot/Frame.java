package dev.clap4j.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.SortedMap;

/** The frame around the data of a plot, with axes outside it. */
final class Frame {
    /** The height in pixels of a horizontal axis without a title. */
    static final int LABELS = 26;

    /** The height in pixels of a horizontal axis with a title. */
    static final int FOOT = 44;

    private static final int TITLE_HEIGHT = 24;
    private static final int GAP = 8;
    private static final int MARK = 4;

    /** Half the length in pixels of the bar at the end of a whisker. */
    private static final int CAP = 3;

    private final Canvas canvas;
    private final Rectangle2D box;

    /** Draws a frame, leaving a width for the vertical axis and a height at the foot for the horizontal one. */
    Frame(Canvas canvas, Rectangle2D area, double left, double foot) {
        this.canvas = canvas;
        box = new Rectangle2D.Double(
                area.getX() + left + PlotTheme.PADDING,
                area.getY() + PlotTheme.PADDING,
                area.getWidth() - left - 2 * PlotTheme.PADDING,
                area.getHeight() - foot - 2 * PlotTheme.PADDING);
        canvas.draw(box, PlotTheme.FRAME, PlotTheme.THIN);
    }

    /** Draws a frame with a vertical axis and grid lines at its numbers, which may span a part of its range. */
    static Frame upright(Canvas canvas, Rectangle2D area, double foot, Axis axis, Range numbers, Range range) {
        SortedMap<Double, String> ticks = Numbers.ticks(numbers);
        double widest = ticks.values().stream()
                .mapToDouble(label -> Letters.width(label, PlotTheme.TICKS))
                .max()
                .orElse(0);
        double room = Math.ceil(widest) + GAP + (axis.label().isEmpty() ? 0 : TITLE_HEIGHT);
        Frame frame = new Frame(canvas, area, room, foot);
        double left = frame.box.getMinX();
        Path2D grid = new Path2D.Double();
        Path2D marks = new Path2D.Double();
        ticks.forEach((value, label) -> {
            double y = frame.y(range, value);
            grid.append(new Line2D.Double(left + 0.5, y, frame.box.getMaxX() - 0.5, y), false);
            marks.append(new Line2D.Double(left - MARK, y, left, y), false);
            double start = left - GAP - Letters.width(label, PlotTheme.TICKS);
            Letters.draw(canvas, label, PlotTheme.TICKS, PlotTheme.INK, start, y + 4.5);
        });
        canvas.draw(grid, PlotTheme.GRID, PlotTheme.THIN);
        canvas.draw(marks, PlotTheme.FRAME, PlotTheme.THIN);
        double middle = frame.box.getCenterY();
        Letters.upwards(canvas, axis.label(), PlotTheme.AXIS_TITLE, area.getMinX() + TITLE_HEIGHT - GAP, middle);
        return frame;
    }

    /** Draws a horizontal axis with labels by pixel; one without room beside the previous one is left out. */
    void below(String title, SortedMap<Double, String> labels, boolean marked) {
        double free = Double.NEGATIVE_INFINITY;
        double bottom = box.getMaxY();
        Path2D marks = new Path2D.Double();
        for (Map.Entry<Double, String> label : labels.entrySet()) {
            double x = label.getKey();
            double half = Letters.width(label.getValue(), PlotTheme.TICKS) / 2;
            if (x - half >= free) {
                Letters.centre(canvas, label.getValue(), PlotTheme.TICKS, x, bottom + 20);
                free = x + half + GAP;
            }
            marks.append(new Line2D.Double(x, bottom, x, bottom + (marked ? MARK : 0)), false);
        }
        canvas.draw(marks, PlotTheme.FRAME, PlotTheme.THIN);
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

    /** Adds the whisker of a value, if it has one, with a bar at each end. */
    void whisker(Path2D whiskers, double x, Range range, Series.Value value) {
        if (value.deviation() > 0) {
            double low = y(range, value.y() - value.deviation());
            double high = y(range, value.y() + value.deviation());
            whiskers.append(new Line2D.Double(x, low, x, high), false);
            whiskers.append(new Line2D.Double(x - CAP, low, x + CAP, low), false);
            whiskers.append(new Line2D.Double(x - CAP, high, x + CAP, high), false);
        }
    }
}
