package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Groups of bars, such as accuracy by domain and method. Bars start at zero, so that their lengths can be compared, and
 * are labelled with their values unless there are too many.
 *
 * @param title the title; may be empty
 * @param axis the axis of the values
 * @param groups the groups' labels
 * @param bars in the order of the legend, one bar in each group
 * @param horizontal true for bars below one another, which leave room for long labels and have their deviations as
 *     numbers, too
 */
public record BarPanel(String title, Axis axis, List<String> groups, List<Bars> bars, boolean horizontal)
        implements Panel {
    /** The width in pixels of a bar with a value. */
    private static final int BAR_WIDTH = 34;

    /** The width in pixels of a bar without a value, and of a horizontal one. */
    private static final int THIN = 17;

    /** The maximum number of bars that are labelled with values. */
    private static final int MOST_NUMBERS = 40;

    /** The fraction of a group's width that its bars occupy. */
    private static final double FILL = 0.86;

    /** The height in pixels of a group's label above horizontal bars. */
    private static final int LABEL_HEIGHT = 22;

    private static final int GAP = 10;

    /** Keeps whiskers visible in dark bars. */
    private static final BasicStroke HALO = PlotTheme.stroke(3);

    /** Makes the lists unmodifiable. */
    public BarPanel {
        groups = List.copyOf(groups);
        bars = List.copyOf(bars);
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("A plot without a bar");
        }
        for (Bars each : bars) {
            if (each.values().size() != groups.size()) {
                throw new IllegalArgumentException("There are " + groups.size() + " groups, but "
                        + each.values().size() + " bars " + each.name());
            }
        }
    }

    /** Plots vertical bars. */
    public BarPanel(String title, Axis axis, List<String> groups, List<Bars> bars) {
        this(title, axis, groups, bars, false);
    }

    /** Maps a group, a position from 0 to the number of bars, and a value to a pixel. */
    @FunctionalInterface
    private interface Places {
        Point2D at(int group, double bar, double value);
    }

    @Override
    public List<String> names() {
        return bars.stream().map(Bars::name).toList();
    }

    private boolean numbered() {
        return horizontal || groups.size() * bars.size() <= MOST_NUMBERS;
    }

    @Override
    public int width() {
        if (horizontal) {
            return 480;
        }
        double words = groups.stream()
                .mapToDouble(group -> Letters.width(group, PlotTheme.TICKS))
                .max()
                .orElseThrow();
        double group = Math.max(bars.size() * (numbered() ? BAR_WIDTH : THIN) / FILL, words + 12);
        return Math.max(420, 90 + (int) Math.ceil(groups.size() * group));
    }

    @Override
    public int height() {
        return horizontal ? groups.size() * groupHeight() + Frame.FOOT + 2 * PlotTheme.PADDING : 360;
    }

    private int groupHeight() {
        return LABEL_HEIGHT + bars.size() * THIN + GAP;
    }

    @Override
    public void paint(Canvas canvas, Styles styles, Rectangle2D area) {
        Range extent = new Range(0, 0);
        for (Bars each : bars) {
            extent = extent.with(each.values(), each.deviation());
        }
        Range data = extent.with(axis).positive();
        // Numbers need room beyond the bars.
        double room = horizontal ? 0.22 : 0.07;
        Range range = data.widened(data.low() < 0 ? room : 0, data.high() > 0 ? room : 0);
        Places places = horizontal ? rows(canvas, area, Ticks.of(data), range) : columns(canvas, area, range);
        for (int b = 0; b < bars.size(); b++) {
            draw(canvas, b, styles.of(bars.get(b).name()), places);
        }
        for (int b = 0; numbered() && b < bars.size(); b++) {
            numbers(canvas, b, places, extent.farthest());
        }
    }

    private Places columns(Canvas canvas, Rectangle2D area, Range range) {
        Frame frame = Frame.upright(canvas, area, Frame.LABELS, axis.label(), Ticks.of(range), range);
        double group = frame.box().getWidth() / groups.size();
        SortedMap<Double, String> labels = new TreeMap<>();
        for (int g = 0; g < groups.size(); g++) {
            labels.put(frame.box().getMinX() + (g + 0.5) * group, groups.get(g));
        }
        frame.below("", labels, false);
        double left = frame.box().getMinX() + group * (1 - FILL) / 2;
        double width = group * FILL / bars.size();
        return (g, bar, value) -> new Point2D.Double(left + g * group + bar * width, frame.y(range, value));
    }

    private Places rows(Canvas canvas, Rectangle2D area, Ticks ticks, Range range) {
        Frame frame = new Frame(canvas, area, 0, Frame.FOOT);
        frame.level(axis.label(), ticks, range);
        double top = frame.box().getMinY() + LABEL_HEIGHT;
        for (int g = 0; g < groups.size(); g++) {
            String label =
                    Letters.cut(groups.get(g), PlotTheme.LEGEND, frame.box().getWidth() - 2 * GAP);
            double left = frame.box().getMinX() + GAP;
            Letters.draw(canvas, label, PlotTheme.LEGEND, PlotTheme.INK, left, top + g * groupHeight() - 6);
        }
        return (g, bar, value) -> new Point2D.Double(frame.x(range, value), top + g * groupHeight() + bar * THIN);
    }

    private void draw(Canvas canvas, int bar, Style style, Places places) {
        List<Rectangle2D> boxes = new ArrayList<>();
        Lines whiskers = new Lines();
        for (int g = 0; g < groups.size(); g++) {
            double value = bars.get(bar).values().get(g);
            double whisker = bars.get(bar).deviation().get(g);
            if (!Double.isNaN(value)) {
                Rectangle2D box = new Rectangle2D.Double();
                box.setFrameFromDiagonal(places.at(g, bar, 0), places.at(g, bar + 1, value));
                boxes.add(box);
            }
            if (whisker > 0) {
                whiskers.whisker(places.at(g, bar + 0.5, value - whisker), places.at(g, bar + 0.5, value + whisker));
            }
        }
        style.fill(canvas, boxes);
        canvas.draw(whiskers.path(), PlotTheme.PAPER, HALO);
        canvas.draw(whiskers.path(), PlotTheme.INK, PlotTheme.THIN);
    }

    /** Draws the values beyond the whiskers. */
    private void numbers(Canvas canvas, int bar, Places places, double largest) {
        for (int g = 0; g < groups.size(); g++) {
            double value = bars.get(bar).values().get(g);
            double whisker = bars.get(bar).deviation().get(g);
            if (!Double.isNaN(value)) {
                Point2D end = places.at(g, bar + 0.5, value < 0 ? value - whisker : value + whisker);
                String number = Numbers.brief(value, largest)
                        + (horizontal && whisker > 0 ? " ± " + Numbers.brief(whisker, largest) : "");
                double width = Letters.width(number, PlotTheme.VALUES);
                double x = !horizontal ? -width / 2 : value < 0 ? -width - 6 : 6;
                double y = horizontal ? 4.5 : value < 0 ? 14 : -4;
                Letters.draw(canvas, number, PlotTheme.VALUES, PlotTheme.INK, end.getX() + x, end.getY() + y);
            }
        }
    }
}
