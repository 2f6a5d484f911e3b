package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The style of one name: one of the eight colours of Okabe and Ito (2008), which are distinguishable with colour
 * blindness, combined with one of ten marker shapes, four line styles and five hatches of bars, so that nothing depends
 * on colour alone.
 *
 * @param colour the colour of markers, lines and bars
 * @param marker the shape of markers
 * @param line the line style
 * @param hatch the slopes of the lines in bars
 */
record Style(Color colour, MarkerShape marker, BasicStroke line, List<Integer> hatch) {
    /** The number of distinct styles; further names start over. */
    static final int DISTINCT = 80;

    private static final List<Color> COLOURS = Stream.of(
                    0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0xD55E00, 0x56B4E9, 0x4D4D4D, 0xF0E442)
            .map(Color::new)
            .toList();

    private static final List<BasicStroke> LINES = Stream.of(
                    new float[] {}, new float[] {9, 4}, new float[] {2.5f, 3.5f}, new float[] {9, 3, 2, 3})
            .map(dashes -> PlotTheme.stroke(2.4f, dashes))
            .toList();

    private static final List<List<Integer>> HATCHES =
            List.of(List.of(), List.of(-1), List.of(1), List.of(0), List.of(-1, 1));

    /** The indices of the styles reserved for methods, by prefix of their names: they look the same in every figure. */
    private static final Map<String, Integer> METHODS = Map.of("CLIP", 1, "Im.Aug", 2, "CLAP", 0);

    private static final BasicStroke HATCH = PlotTheme.stroke(1.5f);

    /** The distance in pixels between lines of a hatch, along the vertical axis. */
    private static final int STEP = 8;

    /** Assigns styles to distinct names in this order. */
    static Map<String, Style> assign(List<String> names) {
        Map<String, Style> styles = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        for (String name : names) {
            METHODS.forEach((method, place) -> {
                if (name.startsWith(method) && taken.add(place)) {
                    styles.put(name, of(place));
                }
            });
        }
        Iterator<Integer> free =
                IntStream.iterate(0, i -> i + 1).filter(i -> !taken.contains(i)).iterator();
        names.forEach(name -> styles.computeIfAbsent(name, other -> of(free.next())));
        return styles;
    }

    private static Style of(int place) {
        // Each round shifts the shapes by one, so that combinations of colour and shape repeat only after all have been
        // used.
        int round = place / COLOURS.size();
        return new Style(
                COLOURS.get(place % COLOURS.size()),
                MarkerShape.ALL.get((place + round) % MarkerShape.ALL.size()),
                LINES.get(place % LINES.size()),
                HATCHES.get(place % HATCHES.size()));
    }

    void fill(Canvas canvas, List<Rectangle2D> bars) {
        Path2D all = new Path2D.Double();
        Path2D lines = new Path2D.Double();
        for (Rectangle2D bar : bars) {
            all.append(bar, false);
            hatch.forEach(slope -> hatch(lines, bar, slope));
        }
        canvas.fill(all, colour);
        if (!hatch.isEmpty()) {
            canvas.draw(lines, PlotTheme.PAPER, HATCH);
            canvas.draw(all, colour, PlotTheme.THIN);
        }
    }

    /** Adds the lines y = slope · x + c within a bar, for all c that are multiples of the step. */
    private static void hatch(Path2D lines, Rectangle2D bar, int slope) {
        double first = slope * (slope > 0 ? bar.getMaxX() : bar.getMinX());
        double last = slope * (slope > 0 ? bar.getMinX() : bar.getMaxX());
        double start = (Math.floor((bar.getMinY() - first) / STEP) + 1) * STEP;
        for (double c = start; c < bar.getMaxY() - last; c += STEP) {
            double one = slope == 0 ? bar.getMinX() : (bar.getMinY() - c) / slope;
            double other = slope == 0 ? bar.getMaxX() : (bar.getMaxY() - c) / slope;
            double from = Math.max(bar.getMinX(), Math.min(one, other));
            double to = Math.min(bar.getMaxX(), Math.max(one, other));
            lines.append(new Line2D.Double(from, slope * from + c, to, slope * to + c), false);
        }
    }
}
