package dev.clap4j.plot;

import dev.clap4j.feature.FeatureMatrix;
import java.awt.Dimension;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A scatter plot of points by class, in which only distances have a meaning. Both axes have the same scale and no
 * numbers.
 *
 * @param title the title above the plot
 * @param places {@code [n, 2]}, x and y of each point, at least one
 * @param labels {@code [n]}, the class index of each point
 * @param names the names of all classes, in the order of the legend; some may have no points
 * @param note the text below the plot; may be empty
 */
public record ScatterPanel(String title, FeatureMatrix places, int[] labels, List<String> names, String note)
        implements Panel {
    /** The number of points above which they are drawn smaller. */
    private static final int FULL = 800;

    private static final int CROWDED = 3000;

    private static final int SIDE = 400;

    /** The height in pixels of a line of the note. */
    private static final int LINE_HEIGHT = 20;

    /** The margin around the points, as a fraction of the longer side. */
    private static final double MARGIN = 0.04;

    /** Makes the lists unmodifiable. */
    public ScatterPanel {
        labels = labels.clone();
        names = List.copyOf(names);
        if (labels.length == 0 || places.rows() != labels.length || places.dim() != 2) {
            throw new IllegalArgumentException("A map of " + places + " with " + labels.length + " labels");
        }
    }

    @Override
    public Dimension size() {
        return new Dimension(SIDE, SIDE + lines().size() * LINE_HEIGHT);
    }

    private List<String> lines() {
        return Letters.wrap(note, PlotTheme.TICKS, SIDE - 2 * PlotTheme.PADDING);
    }

    @Override
    public void paint(Canvas canvas, Map<String, Style> styles, Rectangle2D area) {
        List<String> lines = lines();
        double side = Math.min(area.getWidth(), area.getHeight() - lines.size() * LINE_HEIGHT);
        Frame frame = new Frame(canvas, new Rectangle2D.Double(area.getX(), area.getY(), side, side), 0, 0);
        for (int i = 0; i < lines.size(); i++) {
            double y = frame.box().getMaxY() + (i + 1) * LINE_HEIGHT;
            Letters.centre(canvas, lines.get(i), PlotTheme.TICKS, frame.box().getCenterX(), y);
        }
        float[] values = places.values();
        Range x = range(values, 0);
        Range y = range(values, 1);
        // Both axes have the scale of the longer one.
        double half = Math.max(x.length(), y.length()) * (0.5 + MARGIN);
        List<List<Point2D>> points = new ArrayList<>();
        names.forEach(name -> points.add(new ArrayList<>()));
        for (int i = 0; i < labels.length; i++) {
            points.get(labels[i])
                    .add(new Point2D.Double(
                            frame.x(around(x, half), values[2 * i]), frame.y(around(y, half), values[2 * i + 1])));
        }
        int size = labels.length > CROWDED ? 5 : labels.length > FULL ? 6 : 8;
        for (int c = 0; c < names.size(); c++) {
            Style style = styles.get(names.get(c));
            canvas.stamp(style.marker(), style.colour(), size, points.get(c));
        }
    }

    private static Range range(float[] values, int column) {
        Range range = Range.EMPTY;
        for (int i = column; i < values.length; i += 2) {
            range = range.with(values[i]);
        }
        return range;
    }

    private static Range around(Range range, double half) {
        double middle = (range.low() + range.high()) / 2;
        return new Range(middle - half, middle + half).positive();
    }
}
