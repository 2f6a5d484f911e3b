package dev.clap4j.plot;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** The layout of a figure: title, subtitle, legend, then the panels in rows. */
final class FigureLayout {
    private static final int MARGIN = 20;
    private static final int GAP = 18;
    private static final int TITLE_HEIGHT = 30;
    private static final int SUBTITLE_HEIGHT = 20;
    private static final int PANEL_TITLE_LINE = 20;
    private static final int PANEL_TITLE_GAP = 8;

    private final Figure figure;
    private final Styles styles;
    private final List<String> titles;
    private final List<String> subtitles;
    private final Legend legend;
    private final int panelWidth;
    private final int panelHeight;
    private final int panelTitle;

    FigureLayout(Figure figure) {
        this.figure = figure;
        List<Panel> panels = figure.panels();
        List<String> names = panels.stream()
                .flatMap(panel -> panel.names().stream())
                .distinct()
                .toList();
        styles = new Styles(names);
        panelWidth = panels.stream().mapToInt(Panel::width).max().orElseThrow();
        panelHeight = panels.stream().mapToInt(Panel::height).max().orElseThrow();
        int lines = panels.stream().mapToInt(panel -> lines(panel).size()).max().orElseThrow();
        panelTitle = lines == 0 ? 0 : lines * PANEL_TITLE_LINE + PANEL_TITLE_GAP;
        int room = width() - 2 * MARGIN;
        titles = Letters.wrap(figure.title(), PlotTheme.TITLE, room);
        subtitles = Letters.wrap(figure.subtitle(), PlotTheme.SUBTITLE, room);
        boolean explained = names.size() > 1 && names.size() <= Styles.DISTINCT;
        legend = new Legend(explained ? names : List.of(), panels.get(0), styles, room);
    }

    private int columns() {
        return Math.min(figure.columns(), figure.panels().size());
    }

    int width() {
        return columns() * (panelWidth + GAP) - GAP + 2 * MARGIN;
    }

    int height() {
        int rows = (figure.panels().size() + columns() - 1) / columns();
        return top() + rows * (panelTitle + panelHeight + GAP) - GAP + MARGIN;
    }

    /** Returns the top of the panels. */
    private int top() {
        int head = MARGIN + titles.size() * TITLE_HEIGHT + subtitles.size() * SUBTITLE_HEIGHT;
        return head + legend.height() + (legend.height() > 0 ? GAP : 0);
    }

    private List<String> lines(Panel panel) {
        return Letters.wrap(panel.title(), PlotTheme.PANEL_TITLE, panelWidth - 2 * PlotTheme.PADDING);
    }

    void draw(Canvas canvas) {
        canvas.fill(new Rectangle2D.Double(0, 0, width(), height()), PlotTheme.PAPER);
        int y = MARGIN;
        for (String line : titles) {
            Letters.draw(canvas, line, PlotTheme.TITLE, PlotTheme.INK, MARGIN, y + 20);
            y += TITLE_HEIGHT;
        }
        for (String line : subtitles) {
            Letters.draw(canvas, line, PlotTheme.SUBTITLE, PlotTheme.PALE_INK, MARGIN, y + 12);
            y += SUBTITLE_HEIGHT;
        }
        legend.draw(canvas, MARGIN, y + GAP / 2.0);
        for (int p = 0; p < figure.panels().size(); p++) {
            int left = MARGIN + p % columns() * (panelWidth + GAP);
            int top = top() + p / columns() * (panelTitle + panelHeight + GAP);
            draw(canvas, figure.panels().get(p), left, top);
        }
    }

    private void draw(Canvas canvas, Panel panel, int left, int top) {
        int y = top;
        for (String line : lines(panel)) {
            y += PANEL_TITLE_LINE;
            Letters.draw(canvas, line, PlotTheme.PANEL_TITLE, PlotTheme.INK, left + (double) PlotTheme.PADDING, y);
        }
        panel.paint(canvas, styles, new Rectangle2D.Double(left, top + panelTitle, panelWidth, panelHeight));
    }
}
