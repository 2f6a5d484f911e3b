package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * The style of one name.
 *
 * @param colour the colour of markers, lines and bars
 * @param marker the shape of markers
 * @param line the line style
 * @param hatch the slopes of the lines in bars
 */
record Style(Color colour, MarkerShape marker, BasicStroke line, List<Integer> hatch) {
    private static final BasicStroke HATCH = PlotTheme.stroke(1.5f);

    /** The distance in pixels between lines of a hatch, along the vertical axis. */
    private static final int STEP = 8;

    void fill(Canvas canvas, List<Rectangle2D> bars) {
        Path2D all = new Path2D.Double();
        Lines lines = new Lines();
        for (Rectangle2D bar : bars) {
            all.append(bar, false);
            hatch.forEach(slope -> hatch(lines, bar, slope));
        }
        canvas.fill(all, colour);
        if (!hatch.isEmpty()) {
            canvas.draw(lines.path(), PlotTheme.PAPER, HATCH);
            canvas.draw(all, colour, PlotTheme.THIN);
        }
    }

    /** Adds the lines y = slope · x + c within a bar, for all c that are multiples of the step. */
    private static void hatch(Lines lines, Rectangle2D bar, int slope) {
        double first = slope * (slope > 0 ? bar.getMaxX() : bar.getMinX());
        double last = slope * (slope > 0 ? bar.getMinX() : bar.getMaxX());
        double start = (Math.floor((bar.getMinY() - first) / STEP) + 1) * STEP;
        for (double c = start; c < bar.getMaxY() - last; c += STEP) {
            double one = slope == 0 ? bar.getMinX() : (bar.getMinY() - c) / slope;
            double other = slope == 0 ? bar.getMaxX() : (bar.getMaxY() - c) / slope;
            double from = Math.max(bar.getMinX(), Math.min(one, other));
            double to = Math.min(bar.getMaxX(), Math.max(one, other));
            lines.add(from, slope * from + c, to, slope * to + c);
        }
    }
}
