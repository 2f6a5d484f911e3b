package dev.clap4j.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The layout of a figure: title, subtitle, legend, then the panels in rows. */
final class FigureLayout {
    private static final int MARGIN = 20;
    private static final int GAP = 18;
    private static final int TITLE_HEIGHT = 30;
    private static final int SUBTITLE_HEIGHT = 20;
    private static final int PANEL_TITLE_HEIGHT = 20;
    private static final int PANEL_TITLE_GAP = 8;
    private static final int LEGEND_HEIGHT = 24;
    private static final int LEGEND_GAP = 22;
    private static final int MARKER_SIZE = 10;

    private final int width;
    private final int height;
    private final List<Consumer<Canvas>> drawings = new ArrayList<>();

    FigureLayout(Figure figure) {
        List<Panel> panels = figure.panels();
        List<String> names = panels.stream()
                .flatMap(panel -> panel.names().stream())
                .distinct()
                .toList();
        Map<String, Style> styles = Style.assign(names);
        int columns = Math.min(figure.columns(), panels.size());
        int panelWidth =
                panels.stream().mapToInt(panel -> panel.size().width).max().orElseThrow();
        int panelHeight =
                panels.stream().mapToInt(panel -> panel.size().height).max().orElseThrow();
        int room = columns * (panelWidth + GAP) - GAP;
        int y = MARGIN;
        for (String line : Letters.wrap(figure.title(), PlotTheme.TITLE, room)) {
            text(line, PlotTheme.TITLE, PlotTheme.INK, MARGIN, y + 20);
            y += TITLE_HEIGHT;
        }
        for (String line : Letters.wrap(figure.subtitle(), PlotTheme.SUBTITLE, room)) {
            text(line, PlotTheme.SUBTITLE, PlotTheme.PALE_INK, MARGIN, y + 12);
            y += SUBTITLE_HEIGHT;
        }
        if (names.size() > 1 && names.size() <= Style.DISTINCT) {
            y = legend(names, styles, panels.get(0), room, y + GAP / 2) + GAP / 2;
        }
        List<List<String>> titles = panels.stream()
                .map(panel -> Letters.wrap(panel.title(), PlotTheme.PANEL_TITLE, panelWidth - 2 * PlotTheme.PADDING))
                .toList();
        int lines = titles.stream().mapToInt(List::size).max().orElseThrow();
        int titleHeight = lines == 0 ? 0 : lines * PANEL_TITLE_HEIGHT + PANEL_TITLE_GAP;
        for (int p = 0; p < panels.size(); p++) {
            Panel panel = panels.get(p);
            int left = MARGIN + p % columns * (panelWidth + GAP);
            int top = y + p / columns * (titleHeight + panelHeight + GAP);
            for (int i = 0; i < titles.get(p).size(); i++) {
                int base = top + (i + 1) * PANEL_TITLE_HEIGHT;
                text(titles.get(p).get(i), PlotTheme.PANEL_TITLE, PlotTheme.INK, left + PlotTheme.PADDING, base);
            }
            Rectangle2D area = new Rectangle2D.Double(left, top + titleHeight, panelWidth, panelHeight);
            drawings.add(canvas -> panel.paint(canvas, styles, area));
        }
        int rows = (panels.size() + columns - 1) / columns;
        width = room + 2 * MARGIN;
        height = y + rows * (titleHeight + panelHeight + GAP) - GAP + MARGIN;
    }

    private void text(String line, Font font, Color colour, double x, double y) {
        drawings.add(canvas -> Letters.draw(canvas, line, font, colour, x, y));
    }

    /** Adds a legend, wrapped into rows, with symbols of the kind of the first panel; returns its bottom. */
    private int legend(List<String> names, Map<String, Style> styles, Panel panel, int room, int top) {
        int keyWidth = panel instanceof LinePanel ? 46 : 20;
        double x = 0;
        int y = top;
        for (String name : names) {
            String label = Letters.cut(name, PlotTheme.LEGEND, room - keyWidth);
            double length = keyWidth + Letters.width(label, PlotTheme.LEGEND);
            if (x > 0 && x + length > room) {
                x = 0;
                y += LEGEND_HEIGHT;
            }
            double left = MARGIN + x;
            double middle = y + LEGEND_HEIGHT / 2.0;
            drawings.add(canvas -> key(canvas, panel, styles.get(name), left, middle));
            text(label, PlotTheme.LEGEND, PlotTheme.INK, left + keyWidth, middle + 5);
            x += length + LEGEND_GAP;
        }
        return y + LEGEND_HEIGHT;
    }

    private static void key(Canvas canvas, Panel panel, Style style, double x, double y) {
        if (panel instanceof BarPanel) {
            style.fill(canvas, List.of(new Rectangle2D.Double(x, y - 7, 14, 14)));
            return;
        }
        if (panel instanceof LinePanel) {
            canvas.draw(new Line2D.Double(x, y, x + 38, y), style.colour(), style.line());
        }
        Point2D centre = new Point2D.Double(x + (panel instanceof LinePanel ? 19 : 7), y);
        canvas.stamp(style.marker(), style.colour(), MARKER_SIZE, List.of(centre));
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    void draw(Canvas canvas) {
        canvas.fill(new Rectangle2D.Double(0, 0, width, height), PlotTheme.PAPER);
        drawings.forEach(drawing -> drawing.accept(canvas));
    }
}
