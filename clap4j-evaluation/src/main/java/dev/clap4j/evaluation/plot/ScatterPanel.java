package dev.clap4j.evaluation.plot;

import dev.clap4j.feature.FeatureMatrix;
import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;

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
        return note.isEmpty() ? 400 : 430;
    }

    @Override
    public LegendKey key() {
        return LegendKey.MARKER;
    }

    @Override
    public void paint(Graphics2D g, Styles styles, int width, int height) {
        XYChart chart = new XYChart(width, height);
        XYStyler styler = chart.getStyler();
        PlotTheme.apply(styler);
        styler.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        styler.setAxisTicksVisible(false);
        styler.setPlotGridLinesVisible(false);
        styler.setPlotContentSize(1);
        styler.setYAxisTitleVisible(false);
        styler.setXAxisTitleVisible(!note.isEmpty());
        chart.setXAxisTitle(note);
        Range range = Range.of(clouds);
        styler.setXAxisMin(range.x - range.half);
        styler.setXAxisMax(range.x + range.half);
        styler.setYAxisMin(range.y - range.half);
        styler.setYAxisMax(range.y + range.half);
        int points = clouds.stream().mapToInt(cloud -> cloud.places().rows()).sum();
        styler.setMarkerSize(points > CROWDED ? 5 : points > FULL ? 6 : 8);
        for (Cloud cloud : clouds) {
            if (cloud.places().rows() > 0) {
                Style style = styles.of(cloud.name());
                XYSeries series = chart.addSeries(cloud.name(), column(cloud.places(), 0), column(cloud.places(), 1));
                series.setMarker(style.marker());
                series.setMarkerColor(style.colour());
            }
        }
        chart.paint(g, width, height);
    }

    private static double[] column(FeatureMatrix places, int column) {
        float[] values = places.values();
        double[] numbers = new double[places.rows()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[2 * i + column];
        }
        return numbers;
    }

    /** A square that contains all points: its centre and half its side. */
    private record Range(double x, double y, double half) {
        static Range of(List<Cloud> clouds) {
            double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
            double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
            for (Cloud cloud : clouds) {
                float[] values = cloud.places().values();
                for (int k = 0; k < values.length; k++) {
                    low[k % 2] = Math.min(low[k % 2], values[k]);
                    high[k % 2] = Math.max(high[k % 2], values[k]);
                }
            }
            double side = Math.max(high[0] - low[0], high[1] - low[1]);
            double half = side == 0 ? 1 : side * (0.5 + MARGIN);
            return new Range((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, half);
        }
    }
}
