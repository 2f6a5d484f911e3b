package dev.clap4j.evaluation.plot;

import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.CategoryStyler;

/**
 * Groups of vertical bars, such as accuracy by domain and method. Bars start at zero, so that their lengths can be
 * compared, and are labelled with their values unless there are too many.
 *
 * @param title the title; may be empty
 * @param y the vertical axis
 * @param groups the groups' labels
 * @param bars in the order of the legend, one bar in each group
 */
public record BarPanel(String title, Axis y, List<String> groups, List<Bars> bars) implements Panel {
    /** The width in pixels of a bar with a value. */
    private static final int BAR_WIDTH = 34;

    /** The width in pixels of a bar without a value. */
    private static final int THIN = 14;

    /** The maximum number of bars that are labelled with values. */
    private static final int MOST_NUMBERS = 40;

    /** The height in pixels of the area below the plot. */
    private static final int FOOT = 26;

    /** The fraction of a group's width that its bars occupy. */
    private static final double FILL = 0.86;

    /** The fraction of the vertical axis kept free for numbers. */
    private static final double HEADROOM = 0.07;

    /**
     * The divisor of the headroom on a side without values; some room is left there so that the axis does not lose its
     * zero.
     */
    private static final int EDGE = 20;

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

    @Override
    public List<String> names() {
        return bars.stream().map(Bars::name).toList();
    }

    private boolean numbered() {
        return groups.size() * bars.size() <= MOST_NUMBERS;
    }

    @Override
    public int width() {
        double words = groups.stream()
                .mapToDouble(group -> Letters.width(group, PlotTheme.TICKS))
                .max()
                .orElseThrow();
        double group = Math.max(bars.size() * (numbered() ? BAR_WIDTH : THIN) / FILL, words + 12);
        return Math.max(420, 90 + (int) Math.ceil(groups.size() * group));
    }

    @Override
    public int height() {
        return 360;
    }

    @Override
    public LegendKey key() {
        return LegendKey.BOX;
    }

    @Override
    public void paint(Graphics2D g, Styles styles, int width, int height) {
        CategoryChart chart = new CategoryChart(width, height - FOOT);
        CategoryStyler styler = chart.getStyler();
        PlotTheme.apply(styler);
        styler.setXAxisTitleVisible(false);
        styler.setXAxisTicksVisible(false);
        styler.setAvailableSpaceFill(FILL);
        styler.setPlotContentSize(1);
        double low = Math.min(-extreme(-1), y.min() == null ? 0 : y.min());
        double high = Math.max(extreme(1), y.max() == null ? 0 : y.max());
        double room = HEADROOM * (high - low);
        styler.setYAxisMin(low - (low < 0 ? room : room / EDGE));
        styler.setYAxisMax(high + (high > 0 ? room : room / EDGE));
        for (Bars each : bars) {
            boolean bare = each.deviation().stream().allMatch(v -> v == 0);
            // Missing values are drawn as bars of length zero, which are invisible.
            List<Double> values =
                    each.values().stream().map(v -> v.isNaN() ? 0 : v).toList();
            CategorySeries series = chart.addSeries(each.name(), groups, values, bare ? null : each.deviation());
            series.setFillColor(styles.of(each.name()).colour());
        }
        UprightAxis upright = UprightAxis.of(y, styler.getYAxisMin(), styler.getYAxisMax());
        upright.paint(g, chart, width, height - FOOT);
        words(g, chart, upright.room() + chart.getYAxisLeftWidth(), width, height);
    }

    /** Draws the groups' names below the plot and the values above the bars. */
    private void words(Graphics2D g, CategoryChart chart, double left, int width, int height) {
        double group = (width - PlotTheme.PADDING - left) / groups.size();
        double bar = group * FILL / bars.size();
        double largest = Math.max(extreme(1), extreme(-1));
        for (int i = 0; i < groups.size(); i++) {
            double start = left + i * group;
            Letters.centre(g, groups.get(i), PlotTheme.TICKS, start + group / 2, height - FOOT + 14.0);
            for (int b = 0; numbered() && b < bars.size(); b++) {
                double value = bars.get(b).values().get(i);
                double whisker = bars.get(b).deviation().get(i);
                if (!Double.isNaN(value)) {
                    double end = chart.getScreenYFromChart(value < 0 ? value - whisker : value + whisker);
                    double middle = start + group * (1 - FILL) / 2 + (b + 0.5) * bar;
                    Letters.centre(
                            g, Numbers.brief(value, largest), PlotTheme.VALUES, middle, value < 0 ? end + 14 : end - 4);
                }
            }
        }
    }

    /** Returns the extent of the longest whisker on one side of zero. */
    private double extreme(int sign) {
        double farthest = 0;
        for (Bars each : bars) {
            for (int g = 0; g < groups.size(); g++) {
                double end = sign * each.values().get(g) + each.deviation().get(g);
                farthest = Math.max(farthest, Double.isNaN(end) ? 0 : end);
            }
        }
        return farthest;
    }
}
