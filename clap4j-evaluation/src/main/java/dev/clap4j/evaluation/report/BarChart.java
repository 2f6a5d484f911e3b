package dev.clap4j.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pairs of horizontal bars of percentages, as SVG for use in a page. The two bars of a pair differ in lightness and
 * pattern as well as in hue, and each bar has its value at the end.
 */
final class BarChart {
    private static final int WIDTH = 440;
    private static final int LABEL_HEIGHT = 20;
    private static final int BAR_HEIGHT = 18;
    private static final int GROUP_HEIGHT = LABEL_HEIGHT + 2 * BAR_HEIGHT + 16;
    private static final int TOP = 34;

    /** Pixels per percent; leaves room for the value after the longest bar. */
    private static final double SCALE = (WIDTH - 90) / 100.0;

    private final List<Pair> pairs = new ArrayList<>();
    private final String first;
    private final String second;

    private record Pair(String label, double first, double second, double deviation) {}

    BarChart(String first, String second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Adds a pair of bars.
     *
     * @param deviation the standard deviation of the second value, shown as a whisker; 0 for none
     */
    void add(String label, double firstValue, double secondValue, double deviation) {
        pairs.add(new Pair(label, firstValue, secondValue, deviation));
    }

    String svg(String description) {
        int height = TOP + pairs.size() * GROUP_HEIGHT;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\""
                        + " xmlns=\"http://www.w3.org/2000/svg\">%n",
                WIDTH,
                height,
                Html.escape(description)));
        svg.append("<defs><pattern id=\"stripes\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\""
                + " patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#e69f00\"/>"
                + "<rect width=\"2\" height=\"6\" fill=\"#b87f00\"/></pattern></defs>\n");
        legend(svg, 0, "#e69f00", "url(#stripes)", first);
        legend(svg, 110, "#0072b2", "#0072b2", second);
        for (int percent = 0; percent <= 100; percent += 25) {
            double x = percent * SCALE;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#d5d9de\"/>%n",
                    x,
                    TOP - 8,
                    x,
                    height));
        }
        for (int i = 0; i < pairs.size(); i++) {
            pair(svg, pairs.get(i), TOP + i * GROUP_HEIGHT);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg, int x, String stroke, String fill, String name) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"2\" width=\"16\" height=\"14\" fill=\"%s\" stroke=\"%s\"/>"
                        + "<text x=\"%d\" y=\"14\" font-weight=\"600\">%s</text>%n",
                x + 1,
                fill,
                stroke,
                x + 24,
                Html.escape(name)));
    }

    private static void pair(StringBuilder svg, Pair pair, int top) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"0\" y=\"%d\">%s</text>%n", top + LABEL_HEIGHT - 6, Html.escape(pair.label)));
        bar(svg, top + LABEL_HEIGHT, pair.first, "url(#stripes)", "");
        String spread = pair.deviation == 0 ? "" : String.format(Locale.ROOT, " ± %.1f", pair.deviation);
        bar(svg, top + LABEL_HEIGHT + BAR_HEIGHT, pair.second, "#0072b2", spread);
    }

    private static void bar(StringBuilder svg, int y, double value, String fill, String behind) {
        double length = Math.max(0, Math.min(100, value)) * SCALE;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"0\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>"
                        + "<text x=\"%.1f\" y=\"%d\" class=\"value\">%.1f%s</text>%n",
                y,
                length,
                BAR_HEIGHT - 2,
                fill,
                length + 6,
                y + BAR_HEIGHT - 5,
                value,
                behind));
    }
}
