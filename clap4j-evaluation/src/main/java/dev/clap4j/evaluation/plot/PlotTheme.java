package dev.clap4j.evaluation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;

/** Fonts, colours and grid shared by all figures. Sizes are in figure pixels; a PNG has two per figure pixel. */
final class PlotTheme {
    static final Color INK = new Color(0x1B1F24);
    static final Color PALE_INK = new Color(0x4A525B);
    static final Color PAPER = Color.WHITE;

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    static final Font SUBTITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font PANEL_TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font VALUES = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    static final Font AXIS_TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Color GRID = new Color(0xDDE1E6);
    static final Color FRAME = new Color(0xB4BAC2);

    /** Pixels around a plot. */
    static final int PADDING = 4;

    private PlotTheme() {}

    /** Styles a plot; title and legend belong to the figure. */
    static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(PAPER);
        styler.setPlotBackgroundColor(PAPER);
        styler.setPlotBorderColor(FRAME);
        styler.setPlotBorderVisible(true);
        styler.setChartFontColor(INK);
        styler.setChartTitleVisible(false);
        styler.setLegendVisible(false);
        styler.setChartPadding(PADDING);
        styler.setAxisTitleFont(AXIS_TITLE);
        styler.setAxisTickLabelsFont(TICKS);
        styler.setAxisTickLabelsColor(INK);
        styler.setAxisTickMarksColor(FRAME);
        styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        styler.setAxisTicksLineVisible(false);
        styler.setPlotMargin(0);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setAntiAlias(true);
        styler.setErrorBarsColor(INK);
        styler.setErrorBarsColorSeriesColor(false);
    }
}
