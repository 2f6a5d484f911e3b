package dev.clap4j.evaluation.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;

/**
 * Lines with markers and whiskers, such as accuracy by shots. The horizontal axis has ticks at the points.
 *
 * @param title the title; may be empty
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series in the order of the legend
 */
public record LinePanel(String title, Axis x, Axis y, List<Series> series) implements Panel {
    /** The height in pixels of the area below the plot. */
    private static final int FOOT = 44;

    /** The maximum number of ticks below the axis. */
    private static final int MOST_MARKS = 14;

    /** The distance between whiskers at one position, as a fraction of the axis. */
    private static final double APART = 0.008;

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
    public LegendKey key() {
        return LegendKey.LINE;
    }

    @Override
    public void paint(Graphics2D g, Styles styles, int width, int height) {
        XYChart chart = new XYChart(width, height - FOOT);
        XYStyler styler = chart.getStyler();
        PlotTheme.apply(styler);
        styler.setPlotContentSize(0.92);
        styler.setMarkerSize(9);
        styler.setErrorBarsColorSeriesColor(true);
        styler.setXAxisTitleVisible(false);
        styler.setXAxisTicksVisible(false);
        Marks marks = marks();
        styler.setXAxisMin(marks.low());
        styler.setXAxisMax(marks.high());
        Bounds bounds = Bounds.of(y, series);
        styler.setYAxisMin(bounds.low());
        styler.setYAxisMax(bounds.high());
        for (int s = 0; s < series.size(); s++) {
            double shift = (s - (series.size() - 1) / 2.0) * APART * (marks.high() - marks.low());
            add(chart, styles, series.get(s), marks, shift);
        }
        UprightAxis upright = UprightAxis.of(y, bounds.low(), bounds.high());
        upright.paint(g, chart, width, height - FOOT);
        foot(g, chart, marks, upright.room(), height);
    }

    /** Draws the horizontal axis, with a tick and a number at the points. */
    private void foot(Graphics2D g, XYChart chart, Marks marks, int left, int height) {
        double line = height - FOOT - PlotTheme.PADDING;
        marks.labels().forEach((place, label) -> {
            double at = left + chart.getScreenXFromChart(place);
            g.setColor(PlotTheme.FRAME);
            g.setStroke(new BasicStroke(1));
            g.draw(new Line2D.Double(at, line, at, line + 5));
            Letters.centre(g, label, PlotTheme.TICKS, at, line + 20);
        });
        double middle = left + (chart.getScreenXFromChart(marks.low()) + chart.getScreenXFromChart(marks.high())) / 2;
        Letters.centre(g, x.label(), PlotTheme.AXIS_TITLE, middle, height - 8.0);
    }

    private static void add(XYChart chart, Styles styles, Series line, Marks marks, double shift) {
        double[] places =
                line.x().stream().mapToDouble(v -> marks.place(v) + shift).toArray();
        double[] values = line.y().stream().mapToDouble(v -> v).toArray();
        double[] whiskers = line.deviation().stream().mapToDouble(v -> v).toArray();
        boolean bare = line.deviation().stream().allMatch(v -> v == 0);
        Style style = styles.of(line.name());
        XYSeries drawn = chart.addSeries(line.name(), places, values, bare ? null : whiskers);
        drawn.setMarker(style.marker());
        drawn.setMarkerColor(style.colour());
        drawn.setLineColor(style.colour());
        drawn.setLineStyle(style.line());
    }

    private Marks marks() {
        TreeSet<Double> values = new TreeSet<>();
        series.forEach(line -> values.addAll(line.x()));
        return Marks.of(x, new ArrayList<>(values), MOST_MARKS);
    }

    /** The range of the vertical axis. */
    private record Bounds(double low, double high) {
        static Bounds of(Axis axis, List<Series> series) {
            double low = axis.min() == null ? Double.POSITIVE_INFINITY : axis.min();
            double high = axis.max() == null ? Double.NEGATIVE_INFINITY : axis.max();
            for (Series line : series) {
                for (int i = 0; i < line.y().size(); i++) {
                    double value = line.y().get(i);
                    double whisker = line.deviation().get(i);
                    if (!Double.isNaN(value)) {
                        low = Math.min(low, value - whisker);
                        high = Math.max(high, value + whisker);
                    }
                }
            }
            return low < high ? new Bounds(low, high) : new Bounds(low - 1, low + 1);
        }
    }

    /**
     * The positions of values on the horizontal axis.
     *
     * @param labels the labels by position; empty for the default ticks
     */
    private record Marks(Scale scale, List<Double> values, double low, double high, Map<Double, String> labels) {
        static Marks of(Axis axis, List<Double> values, int most) {
            Marks bare = new Marks(axis.scale(), values, 0, 0, Map.of());
            double low = bare.place(values.get(0));
            double high = bare.place(values.get(values.size() - 1));
            double room = low == high ? 1 : 0;
            Map<Double, String> labels = new HashMap<>();
            int step = (values.size() + most - 1) / most;
            for (int i = 0; i < values.size(); i += step) {
                labels.put(bare.place(values.get(i)), Numbers.plain(values.get(i)));
            }
            return new Marks(axis.scale(), values, low - room, high + room, labels);
        }

        double place(double value) {
            return switch (scale) {
                case LINEAR -> value;
                case LOGARITHMIC -> Math.log10(value);
                case EVEN -> values.indexOf(value);
            };
        }
    }
}
