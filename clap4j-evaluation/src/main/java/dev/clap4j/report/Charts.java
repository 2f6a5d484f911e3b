package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.statistics.Spread;
import dev.clap4j.plot.Axis;
import dev.clap4j.plot.BarPanel;
import dev.clap4j.plot.Figure;
import dev.clap4j.plot.LinePanel;
import dev.clap4j.plot.Panel;
import dev.clap4j.plot.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Draws observations: bars for names, lines over numbers, with a deviation where there are several units. */
final class Charts {
    private static final String MEAN = "mean";

    private Charts() {}

    /** Returns a figure with a subtitle; empty if nothing of it was measured. */
    static Optional<Figure> of(Layout.Plot plot, Observations all, String about) {
        List<Panel> panels = new ArrayList<>();
        String xLabel = plot.xLabel().isEmpty() ? plot.x() : plot.xLabel();
        boolean single = plot.measures().size() == 1;
        for (Measure measure : plot.measures()) {
            Observations own = all.of(List.of(measure));
            List<String> parts = own.values(plot.panels());
            if (!own.isEmpty() && parts.isEmpty()) {
                panels.add(panel(single ? "" : measure.title(Condition.NONE), measure, plot.x(), xLabel, own));
            }
            parts.forEach(part -> panels.add(panel(
                    single && parts.size() == 1 ? "" : part,
                    measure,
                    plot.x(),
                    xLabel,
                    own.with(plot.panels(), part))));
        }
        return panels.isEmpty() ? Optional.empty() : Optional.of(figure(plot.title(), about, panels));
    }

    /** Returns a figure with at most two panels beside each other. */
    static Figure figure(String title, String about, List<Panel> panels) {
        return new Figure(title, about, panels, Math.min(2, panels.size()));
    }

    /** Returns a panel with a line or bars for each method: a line if all values of the dimension are numbers. */
    static Panel panel(String title, Measure measure, String dimension, String xLabel, Observations own) {
        List<String> places = own.values(dimension);
        boolean lines = isLine(places);
        List<String> sorted = new ArrayList<>(places);
        if (lines) {
            sorted.sort(Comparator.comparingDouble(Double::parseDouble));
        } else if (dimension.equals(Condition.DOMAIN)) {
            sorted.add(MEAN);
        }
        List<Series> series = new ArrayList<>();
        for (String method : own.values(Condition.METHOD)) {
            Observations ofMethod = own.with(Condition.METHOD, method);
            List<Series.Value> values = new ArrayList<>();
            for (String place : sorted) {
                Optional<Spread> spread = ofMethod.with(dimension, place).spread();
                if (spread.isEmpty() && place.equals(MEAN)) {
                    spread = ofMethod.spread();
                }
                // A line goes on where a value is missing; a group keeps an empty place.
                if (spread.isPresent() || !lines) {
                    Spread shown = spread.orElse(new Spread(List.of(Double.NaN)));
                    values.add(
                            new Series.Value(lines ? Double.parseDouble(place) : 0, shown.mean(), shown.deviation()));
                }
            }
            series.add(new Series(method, values));
        }
        Axis.Scale scale = dimension.equals(Condition.SHOTS) ? Axis.Scale.LOGARITHMIC : Axis.Scale.EVEN;
        Axis axis = Axis.of(label(measure));
        return lines
                ? new LinePanel(title, Axis.of(xLabel, scale), axis, series)
                : new BarPanel(
                        title, measure.unit().equals(Measure.Unit.PERCENT) ? axis.from(0, 100) : axis, sorted, series);
    }

    /** Returns whether there are several values and all are numbers. */
    static boolean isLine(List<String> values) {
        return values.size() > 1 && values.stream().allMatch(value -> value.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?"));
    }

    /** Returns the label of an axis with the unit. */
    private static String label(Measure measure) {
        String sign = measure.unit().sign();
        boolean accuracy = measure.unit().equals(Measure.Unit.PERCENT) && measure.higherIsBetter();
        return (accuracy ? "accuracy" : measure.symbol(Condition.NONE)) + (sign.isEmpty() ? "" : " (" + sign + ")");
    }
}
