package dev.clap4j.plot;

import java.awt.Dimension;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Lines with markers and whiskers, such as accuracy by shots. The horizontal axis has ticks at the points.
 *
 * @param title the title; may be empty
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series in the order of the legend
 */
public record LinePanel(String title, Axis x, Axis y, List<Series> series) implements Panel {
    /** The distance in pixels between whiskers at one position. */
    private static final int APART = 4;

    private static final int MARKER_SIZE = 9;

    /** The margin around the points, as a fraction of each axis. */
    private static final double MARGIN = 0.04;

    /** Makes the list unmodifiable. */
    public LinePanel {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("A plot without a line");
        }
    }

    @Override
    public List<String> names() {
        return series.stream().map(Series::name).toList();
    }

    @Override
    public Dimension size() {
        return new Dimension(600, 380);
    }

    @Override
    public void paint(Canvas canvas, Map<String, Style> styles, Rectangle2D area) {
        Range numbers = Range.EMPTY.with(y.min()).with(y.max()).with(series).positive();
        Range range = numbers.widened(MARGIN, MARGIN);
        Frame frame = Frame.upright(canvas, area, Frame.FOOT, y, numbers, range);
        List<Double> occurring = series.stream()
                .flatMap(line -> line.values().stream())
                .map(Series.Value::x)
                .distinct()
                .sorted()
                .toList();
        DoubleUnaryOperator scaled =
                switch (x.scale()) {
                    case LINEAR -> value -> value;
                    case LOGARITHMIC -> Math::log10;
                    case EVEN -> occurring::indexOf;
                };
        Range across = new Range(
                        scaled.applyAsDouble(occurring.get(0)),
                        scaled.applyAsDouble(occurring.get(occurring.size() - 1)))
                .positive()
                .widened(MARGIN, MARGIN);
        SortedMap<Double, String> labels = new TreeMap<>();
        occurring.forEach(value -> labels.put(frame.x(across, scaled.applyAsDouble(value)), Numbers.plain(value)));
        frame.below(x.label(), labels, true);
        for (int s = 0; s < series.size(); s++) {
            double shift = (s - (series.size() - 1) / 2.0) * APART;
            Series line = series.get(s);
            DoubleUnaryOperator pixel = value -> frame.x(across, scaled.applyAsDouble(value)) + shift;
            draw(canvas, frame, range, styles.get(line.name()), line, pixel);
        }
    }

    /** Draws a line, interrupted where values are missing. */
    private static void draw(
            Canvas canvas, Frame frame, Range range, Style style, Series line, DoubleUnaryOperator pixel) {
        List<Point2D> places = new ArrayList<>();
        Path2D path = new Path2D.Double();
        Path2D whiskers = new Path2D.Double();
        boolean interrupted = true;
        for (Series.Value value : line.values()) {
            boolean missing = Double.isNaN(value.y());
            if (!missing) {
                double x = pixel.applyAsDouble(value.x());
                double y = frame.y(range, value.y());
                places.add(new Point2D.Double(x, y));
                if (interrupted) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
                frame.whisker(whiskers, x, range, value);
            }
            interrupted = missing;
        }
        canvas.draw(path, style.colour(), style.line());
        canvas.draw(whiskers, style.colour(), PlotTheme.THIN);
        canvas.stamp(style.marker(), style.colour(), MARKER_SIZE, places);
    }
}
