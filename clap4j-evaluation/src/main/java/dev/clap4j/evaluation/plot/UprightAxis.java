package dev.clap4j.evaluation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * The vertical axis at the left of a plot: its title, round numbers, and grid lines behind the chart.
 *
 * @param title the title
 * @param ticks the positions of the numbers
 */
record UprightAxis(String title, Ticks ticks) {
    /** The maximum number of tick labels. */
    private static final int MOST_TICKS = 9;

    private static final int TITLE_HEIGHT = 24;
    private static final int GAP = 8;
    private static final int MARK = 4;

    static UprightAxis of(Axis axis, double low, double high) {
        return new UprightAxis(axis.label(), Ticks.between(low, high, MOST_TICKS));
    }

    /** Returns the width in pixels. */
    int room() {
        double numbers = ticks.values().stream()
                .mapToDouble(value -> Letters.width(ticks.label(value), PlotTheme.TICKS))
                .max()
                .orElse(0);
        return (int) Math.ceil(numbers) + GAP + (title.isEmpty() ? 0 : TITLE_HEIGHT);
    }

    /**
     * Draws the axis and, to its right, the chart.
     *
     * @param width the width of both
     */
    void paint(Graphics2D g, AxesChart<? extends AxesChartStyler, ?> chart, int width, int height) {
        AxesChartStyler styler = chart.getStyler();
        styler.setPlotGridLinesVisible(false);
        styler.setYAxisTicksVisible(false);
        styler.setYAxisTitleVisible(false);
        Color clear = new Color(255, 255, 255, 0);
        styler.setChartBackgroundColor(clear);
        styler.setPlotBackgroundColor(clear);
        int left = room();
        int room = width - left;
        // Positions are known only after painting, but the grid lines must be behind the chart.
        Graphics2D trial = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics();
        chart.paint(trial, room, height);
        trial.dispose();
        double from = left + chart.getYAxisLeftWidth();
        for (double value : ticks.values()) {
            double y = chart.getScreenYFromChart(value);
            g.setStroke(new BasicStroke(1));
            g.setColor(PlotTheme.GRID);
            g.draw(new Line2D.Double(from, y, width - (double) PlotTheme.PADDING, y));
            g.setColor(PlotTheme.FRAME);
            g.draw(new Line2D.Double(from - MARK, y, from, y));
            String label = ticks.label(value);
            double end = from - GAP;
            Letters.draw(
                    g, label, PlotTheme.TICKS, PlotTheme.INK, end - Letters.width(label, PlotTheme.TICKS), y + 4.5);
        }
        title(g, height);
        Graphics2D shifted = (Graphics2D) g.create();
        shifted.translate(left, 0);
        chart.paint(shifted, room, height);
        shifted.dispose();
    }

    private void title(Graphics2D g, int height) {
        AffineTransform before = g.getTransform();
        g.translate(TITLE_HEIGHT - 8.0, height / 2.0);
        g.rotate(-Math.PI / 2);
        Letters.centre(g, title, PlotTheme.AXIS_TITLE, 0, 0);
        g.setTransform(before);
    }
}
