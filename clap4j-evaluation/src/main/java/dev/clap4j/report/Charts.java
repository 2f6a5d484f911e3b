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
import java.util.function.Predicate;

/** Draws observations: bars for names, lines over numbers, with a deviation where there are several units. */
final class Charts {
    private static final int COLUMNS = 2;
    private static final String MEAN = "mean";

    private Charts() {}

    /**
     * Returns a figure; empty if nothing of it was measured.
     *
     * @param about the subtitle
     */
    static Optional<Figure> of(Layout.Plot plot, List<Observation> all, String about) {
        List<Panel> panels = new ArrayList<>();
        for (Measure measure : plot.measures()) {
            List<Observation> own =
                    all.stream().filter(each -> each.measure().equals(measure)).toList();
            List<String> parts = plot.panels().isEmpty() ? List.of() : Pivot.values(own, plot.panels());
            if (!own.isEmpty() && parts.isEmpty()) {
                String title = plot.measures().size() == 1 ? "" : measure.title(Condition.NONE);
                panels.add(panel(plot, measure, title, own));
            }
            parts.forEach(part -> panels.add(panel(
                    plot,
                    measure,
                    parts.size() == 1 && plot.measures().size() == 1 ? "" : part,
                    own.stream()
                            .filter(each -> part.equals(each.shown().get(plot.panels())))
                            .toList())));
        }
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(plot.title(), about, panels, Math.min(COLUMNS, panels.size())));
    }

    private static Panel panel(Layout.Plot plot, Measure measure, String title, List<Observation> own) {
        List<String> places = Pivot.values(own, plot.x());
        List<String> methods = Pivot.values(own, Condition.METHOD);
        if (places.size() > 1 && places.stream().allMatch(Charts::isNumber)) {
            Axis.Scale scale = plot.x().equals(Condition.SHOTS) ? Axis.Scale.LOGARITHMIC : Axis.Scale.EVEN;
            return new LinePanel(
                    title,
                    Axis.of(plot.xLabel().isEmpty() ? plot.x() : plot.xLabel(), scale),
                    Axis.of(label(measure)),
                    methods.stream()
                            .map(method -> series(method, places, own, plot.x()))
                            .toList());
        }
        List<String> groups = new ArrayList<>(places);
        if (plot.x().equals(Condition.DOMAIN)) {
            groups.add(MEAN);
        }
        return new BarPanel(
                title,
                upright(measure),
                groups,
                methods.stream()
                        .map(method -> bars(method, groups, own, plot.x()))
                        .toList());
    }

    /** Returns whether a text is a number. */
    static boolean isNumber(String value) {
        return value.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    }

    /** Returns the vertical axis of bars. */
    static Axis upright(Measure measure) {
        Axis axis = Axis.of(label(measure));
        return measure.unit() == Measure.Unit.PERCENT ? axis.from(0, 100) : axis;
    }

    /** Returns the label of an axis with the unit. */
    static String label(Measure measure) {
        String unit =
                measure.unit().sign().isEmpty() ? "" : " (" + measure.unit().sign() + ")";
        boolean accuracy = measure.unit() == Measure.Unit.PERCENT && measure.higherIsBetter();
        return (accuracy ? "accuracy" : measure.symbol(Condition.NONE)) + unit;
    }

    private static Series series(String method, List<String> places, List<Observation> own, String dimension) {
        List<Series.Value> values = new ArrayList<>();
        for (String place : places) {
            spread(own, at(method, dimension, place))
                    .map(spread -> value(Double.parseDouble(place), spread))
                    .ifPresent(values::add);
        }
        values.sort(Comparator.comparingDouble(Series.Value::x));
        return new Series(method, values);
    }

    private static Series bars(String method, List<String> groups, List<Observation> own, String dimension) {
        List<Series.Value> values = new ArrayList<>();
        for (String group : groups) {
            values.add(spread(own, at(method, dimension, group))
                    .or(() -> group.equals(MEAN) ? spread(own, each -> method.equals(each.method())) : Optional.empty())
                    .map(spread -> value(0, spread))
                    .orElse(new Series.Value(0, Double.NaN, 0)));
        }
        return new Series(method, values);
    }

    private static Series.Value value(double x, Spread spread) {
        return new Series.Value(x, spread.mean(), spread.deviation());
    }

    private static Predicate<Observation> at(String method, String dimension, String place) {
        return each -> method.equals(each.method()) && place.equals(each.shown().get(dimension));
    }

    private static Optional<Spread> spread(List<Observation> own, Predicate<Observation> wanted) {
        List<Observation> chosen = own.stream().filter(wanted).toList();
        return chosen.isEmpty() ? Optional.empty() : Optional.of(Observation.spread(chosen));
    }
}
