package dev.clap4j.plot;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

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
    public int width() {
        return 600;
    }

    @Override
    public int height() {
        return 380;
    }

    @Override
    public void paint(Canvas canvas, Styles styles, Rectangle2D area) {
        Range data = Range.EMPTY.with(y);
        TreeSet<Double> occurring = new TreeSet<>();
        for (Series line : series) {
            data = data.with(line.y(), line.deviation());
            occurring.addAll(line.x());
        }
        Range numbers = data.positive();
        Range range = numbers.widened(MARGIN, MARGIN);
        Frame frame = Frame.upright(canvas, area, Frame.FOOT, y.label(), Ticks.of(numbers), range);
        List<Double> all = List.copyOf(occurring);
        Range across = new Range(place(all.get(0), all), place(all.get(all.size() - 1), all))
                .positive()
                .widened(MARGIN, MARGIN);
        SortedMap<Double, String> labels = new TreeMap<>();
        all.forEach(value -> labels.put(frame.x(across, place(value, all)), Numbers.plain(value)));
        frame.below(x.label(), labels, true);
        for (int s = 0; s < series.size(); s++) {
            double shift = (s - (series.size() - 1) / 2.0) * APART;
            Series line = series.get(s);
            draw(
                    canvas,
                    styles.of(line.name()),
                    line,
                    (value, up) -> new Point2D.Double(frame.x(across, place(value, all)) + shift, frame.y(range, up)));
        }
    }

    /** Returns the position of a value on the horizontal axis, of all that occur, ascending. */
    private double place(double value, List<Double> all) {
        return switch (x.scale()) {
            case LINEAR -> value;
            case LOGARITHMIC -> Math.log10(value);
            case EVEN -> all.indexOf(value);
        };
    }

    /** Draws a line, interrupted where values are missing. */
    private static void draw(Canvas canvas, Style style, Series line, BiFunction<Double, Double, Point2D> place) {
        List<Point2D> places = new ArrayList<>();
        Path2D path = new Path2D.Double();
        Lines whiskers = new Lines();
        boolean interrupted = true;
        for (int i = 0; i < line.x().size(); i++) {
            double value = line.y().get(i);
            double whisker = line.deviation().get(i);
            if (Double.isNaN(value)) {
                interrupted = true;
                continue;
            }
            double x = line.x().get(i);
            Point2D at = place.apply(x, value);
            places.add(at);
            if (interrupted) {
                path.moveTo(at.getX(), at.getY());
            } else {
                path.lineTo(at.getX(), at.getY());
            }
            interrupted = false;
            if (whisker > 0) {
                whiskers.whisker(place.apply(x, value - whisker), place.apply(x, value + whisker));
            }
        }
        canvas.draw(path, style.colour(), style.line());
        canvas.draw(whiskers.path(), style.colour(), PlotTheme.THIN);
        canvas.stamp(style.marker(), style.colour(), MARKER_SIZE, places);
    }
}
