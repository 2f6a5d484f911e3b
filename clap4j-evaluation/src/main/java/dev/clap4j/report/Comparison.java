package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Derived;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.experiment.statistics.Difference.Over;
import dev.clap4j.experiment.statistics.Difference.Scale;
import dev.clap4j.experiment.statistics.Interval;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.experiment.statistics.PairedBootstrap;
import dev.clap4j.report.Observation.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The differences between methods, in every measure and condition.
 *
 * <p>Significance is computed over the images if both methods have values for the same ones in every unit; the interval of
 * the mean over several units is then the mean of their intervals. If at least three units each have their own images, or
 * values of single images are unknown, significance is computed over the units, by Student's t.
 */
final class Comparison {
    private final Section section;
    private final List<Derived> derived;
    private final Map<List<Object>, Optional<Difference>> known = new ConcurrentHashMap<>();

    Comparison(Section section) {
        this.section = section;
        this.derived = section.measurements().stream()
                .flatMap(measurement -> measurement.derived().stream())
                .toList();
    }

    /**
     * A measure under a condition.
     *
     * @param condition the condition, without the method
     */
    record Row(Measure measure, Condition condition) {
        /** Returns the title of the measure under the condition. */
        String name() {
            return measure.title(condition);
        }

        /** Returns the title, with an arrow if less is better. */
        String title() {
            return name() + (measure.higherIsBetter() ? "" : " ↓");
        }
    }

    /** Two methods to compare. */
    record Pair(String method, String other) {}

    /** Units of one method with the unit of the other that they are compared with. */
    private record Match(List<Unit> units, Unit other) {}

    /** Returns all rows, those of a measure together. */
    List<Row> rows() {
        return section.observations().stream().map(Comparison::row).distinct().toList();
    }

    private static Row row(Observation observation) {
        return new Row(observation.measure(), observation.shown().without(Condition.METHOD, Condition.DOMAIN));
    }

    /** Returns the observations of a method. */
    List<Observation> of(Row row, String method) {
        return section.observations().stream()
                .filter(each -> each.measure().equals(row.measure)
                        && each.method().equals(method)
                        && row(each).equals(row))
                .toList();
    }

    /**
     * Returns the pairs to compare: CLAP, or else any head, with the methods before it in tables, and each method with
     * the first of its kind.
     */
    List<Pair> pairs() {
        List<String> methods = section.methods();
        boolean hasClap = methods.stream().anyMatch(method -> MethodLabels.rank(method) == 2);
        List<Pair> pairs = new ArrayList<>();
        for (String method : methods) {
            int rank = MethodLabels.rank(method);
            Optional<String> alike = methods.stream()
                    .filter(other -> MethodLabels.rank(other) == rank)
                    .findFirst();
            for (String other : methods) {
                int before = MethodLabels.rank(other);
                boolean subject = rank == 2 || !hasClap;
                boolean baseline = before < rank && subject && sameModel(method, other);
                boolean variant = alike.orElseThrow().equals(other) && !method.equals(other);
                if (baseline || variant) {
                    pairs.add(new Pair(method, other));
                }
            }
        }
        List<Row> rows = rows();
        return pairs.stream()
                .filter(pair -> rows.stream().anyMatch(row -> !matches(units(row, pair.method), units(row, pair.other))
                        .isEmpty()))
                .toList();
    }

    /** Returns whether two names do not tell different models. */
    private static boolean sameModel(String method, String other) {
        return model(method).equals(model(other))
                || model(method).isEmpty()
                || model(other).isEmpty();
    }

    private static String model(String method) {
        return method.replaceFirst("^[^(]*\\(?(model [^,)]*)?.*$", "$1");
    }

    private Map<Unit, Double> units(Row row, String method) {
        return Observation.byUnit(of(row, method));
    }

    /** Returns the difference between two methods; empty if they have no values to compare. */
    Optional<Difference> difference(Row row, Pair pair) {
        return known.computeIfAbsent(List.of(row, pair), key -> computed(row, pair));
    }

    private Optional<Difference> computed(Row row, Pair pair) {
        Map<Unit, Double> own = units(row, pair.method);
        Map<Unit, Double> others = units(row, pair.other);
        List<Match> matches = matches(own, others);
        if (matches.isEmpty()) {
            return Optional.empty();
        }
        Scale scale = new Scale(row.measure.higherIsBetter(), row.measure.unit().point());
        Match first = matches.get(0);
        boolean pooled = matches.size() == 1
                && first.other.seed() == null
                && first.units.get(0).seed() != null;
        List<Double> values = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        for (Match match : matches) {
            List<Double> differences = match.units.stream()
                    .map(unit -> own.get(unit) - others.get(match.other))
                    .toList();
            means.add(Metrics.mean(differences));
            values.addAll(pooled ? differences : List.of(Metrics.mean(differences)));
        }
        boolean draws = matches.stream().anyMatch(match -> match.other.draw() != null);
        Difference overUnits = Difference.over(pooled ? Over.HEADS : draws ? Over.DRAWS : Over.RUNS, values, scale);
        Set<Object> pictures = new LinkedHashSet<>();
        List<Difference> onPictures = draws ? List.of() : onPictures(row, pair, matches, scale, pictures);
        boolean same = pictures.size() == 1 || overUnits.interval() == null;
        if (!same || onPictures.size() < matches.size()) {
            return Optional.of(overUnits);
        }
        Interval interval =
                Interval.mean(onPictures.stream().map(Difference::interval).toList());
        return Optional.of(Difference.onPictures(
                Metrics.mean(means), interval, onPictures.get(0).count(), scale));
    }

    /**
     * Returns the units that are compared: the same in one run; all heads of a run with its only value of the other
     * method; the same seeds and draws of different runs; or else those at the same places.
     */
    private static List<Match> matches(Map<Unit, Double> own, Map<Unit, Double> others) {
        List<Match> same = own.keySet().stream()
                .filter(others::containsKey)
                .map(unit -> new Match(List.of(unit), unit))
                .toList();
        if (!same.isEmpty()) {
            return same;
        }
        List<Match> pooled = new ArrayList<>();
        for (Unit other : others.keySet()) {
            List<Unit> heads = own.keySet().stream()
                    .filter(unit -> unit.run().equals(other.run())
                            && String.valueOf(unit.draw()).equals(String.valueOf(other.draw())))
                    .toList();
            if (other.seed() == null && !heads.isEmpty()) {
                pooled.add(new Match(heads, other));
            }
        }
        if (!pooled.isEmpty()) {
            return pooled;
        }
        List<Match> anywhere = new ArrayList<>();
        Set<Unit> left = new LinkedHashSet<>(others.keySet());
        for (Unit unit : own.keySet()) {
            left.stream()
                    .filter(other -> other.anywhere().equals(unit.anywhere()))
                    .findFirst()
                    .ifPresent(other -> {
                        left.remove(other);
                        anywhere.add(new Match(List.of(unit), other));
                    });
        }
        if (!anywhere.isEmpty()) {
            return anywhere;
        }
        List<Unit> first = List.copyOf(own.keySet());
        List<Unit> second = List.copyOf(others.keySet());
        return IntStream.range(0, Math.min(first.size(), second.size()))
                .mapToObj(i -> new Match(List.of(first.get(i)), second.get(i)))
                .toList();
    }

    /**
     * Returns a difference with an interval for each match in which both methods have values of the same images.
     *
     * @param pictures receives what identifies the images
     */
    private List<Difference> onPictures(Row row, Pair pair, List<Match> matches, Scale scale, Set<Object> pictures) {
        Optional<Derived> function = derived.stream()
                .filter(each -> each.measure().equals(row.measure))
                .findFirst();
        Measure measure = function.map(Derived::of).orElse(row.measure);
        List<Condition> conditions = function.map(each -> each.values().stream()
                        .map(value -> row.condition.with(each.dimension(), value))
                        .toList())
                .orElse(List.of(row.condition));
        List<Difference> differences = new ArrayList<>();
        for (Match match : matches) {
            List<List<Map<String, ImageValues>>> byMethod = Stream.concat(
                            Stream.of(values(measure, conditions, pair.other, match.other)),
                            match.units.stream().map(unit -> values(measure, conditions, pair.method, unit)))
                    .toList();
            Set<Object> own = new LinkedHashSet<>();
            byMethod.forEach(method -> method.forEach(values -> own.add(identities(values))));
            Set<String> data = new LinkedHashSet<>();
            Stream.concat(match.units.stream(), Stream.of(match.other))
                    .forEach(unit -> data.add(fingerprint(unit.run(), row.condition)));
            pictures.add(List.of(own, data));
            boolean paired = own.size() == 1
                    && data.size() == 1
                    && !byMethod.get(0).get(0).isEmpty();
            if (paired) {
                List<String> domains =
                        section.domains(row.condition, byMethod.get(0).get(0).keySet());
                differences.add(bootstrap(byMethod, domains, function, scale, seed(match)));
            }
        }
        return differences;
    }

    private List<Map<String, ImageValues>> values(
            Measure measure, List<Condition> conditions, String method, Unit unit) {
        return conditions.stream()
                .map(condition -> section.images(measure, condition, method, unit))
                .toList();
    }

    /** Returns by domain what tells images of the same data set apart: their number and their sample. */
    private static Map<String, List<Object>> identities(Map<String, ImageValues> values) {
        Map<String, List<Object>> identities = new LinkedHashMap<>();
        values.forEach((domain, images) -> identities.put(domain, List.of(images.values().length, images.sample())));
        return identities;
    }

    private String fingerprint(Path run, Condition condition) {
        return section.run(run).data(condition).path("fingerprint").asText();
    }

    private long seed(Match match) {
        Unit first = match.units.get(0);
        String seed = match.other.seed() == null || first.seed() == null
                ? section.run(first.run()).option("seed")
                : first.seed();
        return seed.matches("-?\\d{1,18}") ? Long.parseLong(seed) : 0;
    }

    private static Difference bootstrap(
            List<List<Map<String, ImageValues>>> byMethod,
            List<String> domains,
            Optional<Derived> function,
            Scale scale,
            long seed) {
        List<List<List<double[]>>> answers = byMethod.stream()
                .map(method -> method.stream()
                        .map(values -> domains.stream()
                                .map(domain -> values.get(domain).values())
                                .toList())
                        .toList())
                .toList();
        ToDoubleFunction<List<Double>> measure =
                function.map(Derived::function).orElse(percentages -> percentages.get(0));
        return PairedBootstrap.difference(answers, measure, scale, seed);
    }
}
