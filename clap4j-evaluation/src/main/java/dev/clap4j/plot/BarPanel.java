package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Groups of bars, such as accuracy by domain and method. Bars start at zero, so that their lengths can be compared, and
 * are labelled with their values unless there are too many.
 *
 * @param title the title; may be empty
 * @param axis the axis of the values
 * @param groups the groups' labels
 * @param bars in the order of the legend, one value for each group
 */
public record BarPanel(String title, Axis axis, List<String> groups, List<Series> bars) implements Panel {
    /** The width in pixels of a bar with a value. */
    private static final int BAR_WIDTH = 34;

    /** The width in pixels of a bar without a value. */
    private static final int THIN = 17;

    /** The maximum number of bars that are labelled with values. */
    private static final int MOST_NUMBERS = 40;

    /** The fraction of a group's width that its bars occupy. */
    private static final double FILL = 0.86;

    /** Room for numbers beyond the bars, as a fraction of the axis. */
    private static final double ROOM = 0.07;

    /** Keeps whiskers visible in dark bars. */
    private static final BasicStroke HALO = PlotTheme.stroke(3);

    /** Makes the lists unmodifiable. */
    public BarPanel {
        groups = List.copyOf(groups);
        bars = List.copyOf(bars);
        int each = groups.size();
        if (bars.isEmpty() || bars.stream().anyMatch(own -> own.values().size() != each)) {
            throw new IllegalArgumentException("Bars have a value for each of " + groups + ", unlike " + bars);
        }
    }

    @Override
    public List<String> names() {
        return bars.stream().map(Series::name).toList();
    }

    private boolean numbered() {
        return groups.size() * bars.size() <= MOST_NUMBERS;
    }

    @Override
    public Dimension size() {
        double words = groups.stream()
                .mapToDouble(group -> Letters.width(group, PlotTheme.TICKS))
                .max()
                .orElseThrow();
        double group = Math.max(bars.size() * (numbered() ? BAR_WIDTH : THIN) / FILL, words + 12);
        return new Dimension(Math.max(420, 90 + (int) Math.ceil(groups.size() * group)), 360);
    }

    @Override
    public void paint(Canvas canvas, Map<String, Style> styles, Rectangle2D area) {
        Range extent = new Range(0, 0).with(bars);
        Range data = extent.with(axis.min()).with(axis.max()).positive();
        Range range = data.widened(data.low() < 0 ? ROOM : 0, data.high() > 0 ? ROOM : 0);
        Frame frame = Frame.upright(canvas, area, Frame.LABELS, axis, range, range);
        double group = frame.box().getWidth() / groups.size();
        SortedMap<Double, String> labels = new TreeMap<>();
        for (int g = 0; g < groups.size(); g++) {
            labels.put(frame.box().getMinX() + (g + 0.5) * group, groups.get(g));
        }
        frame.below("", labels, false);
        double left = frame.box().getMinX() + group * (1 - FILL) / 2;
        double width = group * FILL / bars.size();
        double largest = Math.max(-extent.low(), extent.high());
        List<Runnable> numbers = new ArrayList<>();
        for (int b = 0; b < bars.size(); b++) {
            List<Rectangle2D> boxes = new ArrayList<>();
            Path2D whiskers = new Path2D.Double();
            for (int g = 0; g < groups.size(); g++) {
                Series.Value value = bars.get(b).values().get(g);
                if (Double.isNaN(value.y())) {
                    continue;
                }
                double start = left + g * group;
                double middle = start + (b + 0.5) * width;
                Rectangle2D box = new Rectangle2D.Double();
                box.setFrameFromDiagonal(
                        start + b * width, frame.y(range, 0), start + (b + 1) * width, frame.y(range, value.y()));
                boxes.add(box);
                frame.whisker(whiskers, middle, range, value);
                // Beyond the whisker.
                double y = value.y() < 0
                        ? frame.y(range, value.y() - value.deviation()) + 14
                        : frame.y(range, value.y() + value.deviation()) - 4;
                String number = Numbers.brief(value.y(), largest);
                numbers.add(() -> Letters.centre(canvas, number, PlotTheme.VALUES, middle, y));
            }
            styles.get(bars.get(b).name()).fill(canvas, boxes);
            canvas.draw(whiskers, PlotTheme.PAPER, HALO);
            canvas.draw(whiskers, PlotTheme.INK, PlotTheme.THIN);
        }
        if (numbered()) {
            numbers.forEach(Runnable::run);
        }
    }
}
