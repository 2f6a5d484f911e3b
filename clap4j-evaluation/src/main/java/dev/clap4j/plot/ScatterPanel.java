package dev.clap4j.plot;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * A scatter plot in which only distances have a meaning. Both axes have the same scale and no numbers.
 *
 * @param title the title above the plot
 * @param clouds in the order of the legend
 * @param note the text below the plot; may be empty
 */
public record ScatterPanel(String title, List<Cloud> clouds, String note) implements Panel {
    /** The number of points above which they are drawn smaller. */
    private static final int FULL = 800;

    private static final int CROWDED = 3000;

    /** The height in pixels of a line of the note. */
    private static final int LINE_HEIGHT = 20;

    /** The margin around the points, as a fraction of the longer side. */
    private static final double MARGIN = 0.04;

    /** Makes the list unmodifiable. */
    public ScatterPanel {
        clouds = List.copyOf(clouds);
        if (clouds.stream().allMatch(cloud -> cloud.places().rows() == 0)) {
            throw new IllegalArgumentException("A map without a point");
        }
    }

    @Override
    public List<String> names() {
        return clouds.stream().map(Cloud::name).toList();
    }

    @Override
    public int width() {
        return 400;
    }

    @Override
    public int height() {
        return width() + lines().size() * LINE_HEIGHT;
    }

    private List<String> lines() {
        return Letters.wrap(note, PlotTheme.TICKS, width() - 2 * PlotTheme.PADDING);
    }

    @Override
    public void paint(Canvas canvas, Styles styles, Rectangle2D area) {
        List<String> lines = lines();
        double side = Math.min(area.getWidth(), area.getHeight() - lines.size() * LINE_HEIGHT);
        Frame frame = new Frame(canvas, new Rectangle2D.Double(area.getX(), area.getY(), side, side), 0, 0);
        for (int i = 0; i < lines.size(); i++) {
            double y = frame.box().getMaxY() + (i + 1) * LINE_HEIGHT;
            Letters.centre(canvas, lines.get(i), PlotTheme.TICKS, frame.box().getCenterX(), y);
        }
        Range x = range(0);
        Range y = range(1);
        // Both axes have the scale of the longer one.
        double half = Math.max(x.length(), y.length()) * (0.5 + MARGIN);
        Range across = around(x, half);
        Range up = around(y, half);
        int points = clouds.stream().mapToInt(cloud -> cloud.places().rows()).sum();
        int size = points > CROWDED ? 5 : points > FULL ? 6 : 8;
        for (Cloud cloud : clouds) {
            Style style = styles.of(cloud.name());
            float[] values = cloud.places().values();
            List<Point2D> places = new ArrayList<>();
            for (int i = 0; i < values.length; i += 2) {
                places.add(new Point2D.Double(frame.x(across, values[i]), frame.y(up, values[i + 1])));
            }
            canvas.stamp(style.marker(), style.colour(), size, places);
        }
    }

    private Range range(int column) {
        Range range = Range.EMPTY;
        for (Cloud cloud : clouds) {
            float[] values = cloud.places().values();
            for (int i = column; i < values.length; i += 2) {
                range = range.with(values[i]);
            }
        }
        return range;
    }

    private static Range around(Range range, double half) {
        double middle = (range.low() + range.high()) / 2;
        return new Range(middle - half, middle + half).positive();
    }
}
