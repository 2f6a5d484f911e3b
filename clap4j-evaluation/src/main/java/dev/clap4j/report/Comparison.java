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
import dev.clap4j.report.Observation.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private final Map<Row, Observations> rows;
    private final Map<Measure, Derived> derived = new LinkedHashMap<>();
    private final Map<List<Object>, Optional<Difference>> known = new LinkedHashMap<>();

    Comparison(Section section) {
        this.section = section;
        this.rows = section.compared().by(Row::of);
        section.measurements().stream()
                .flatMap(measurement -> measurement.derived().stream())
                .forEach(each -> derived.put(each.measure(), each));
    }

    /** A measure under a condition, without the method. */
    record Row(Measure measure, Condition condition) {
        private static Row of(Observation observation) {
            return new Row(observation.measure(), observation.shown().without(Condition.METHOD, Condition.DOMAIN));
        }

        String name() {
            return measure.title(condition);
        }

        /** Returns the title, with an arrow if less is better. */
        String title() {
            return name() + (measure.higherIsBetter() ? "" : " ↓");
        }

        int decimals() {
            return measure.unit().decimals();
        }

        Scale scale() {
            return new Scale(measure.higherIsBetter(), measure.unit().point());
        }
    }

    /** Two methods to compare. */
    record Pair(String method, String other) {}

    /** Units of one method, each of which is compared with the mean of units of the other. */
    private record Match(List<Unit> units, List<Unit> others) {
        /** Returns whether these are heads, compared with the model that they share. */
        boolean isOfHeads() {
            return units.get(0).seed() != null && others.get(0).seed() == null;
        }
    }

    /** Returns all rows, those of a measure together. */
    List<Row> rows() {
        return List.copyOf(rows.keySet());
    }

    Observations of(Row row, String method) {
        return rows.get(row).with(Condition.METHOD, method);
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
            boolean subject = rank == 2 || !hasClap;
            List<String> alike = methods.stream()
                    .filter(other -> MethodLabels.rank(other) == rank)
                    .toList();
            methods.stream()
                    .filter(other -> (subject && MethodLabels.rank(other) < rank && sameModel(method, other))
                            || (other.equals(alike.get(0)) && !other.equals(method)))
                    .map(other -> new Pair(method, other))
                    .filter(pair -> rows.keySet().stream()
                            .anyMatch(row -> !matches(row, pair).isEmpty()))
                    .forEach(pairs::add);
        }
        return pairs;
    }

    /** Returns whether two names do not tell different models. */
    private static boolean sameModel(String method, String other) {
        String one = method.replaceFirst("^[^(]*\\(?(model [^,)]*)?.*$", "$1");
        String two = other.replaceFirst("^[^(]*\\(?(model [^,)]*)?.*$", "$1");
        return one.equals(two) || one.isEmpty() || two.isEmpty();
    }

    /** Returns the difference between two methods; empty if they have no values to compare. */
    Optional<Difference> difference(Row row, Pair pair) {
        return known.computeIfAbsent(List.of(row, pair), key -> computed(row, pair));
    }

    private Optional<Difference> computed(Row row, Pair pair) {
        List<Match> matches = matches(row, pair);
        if (matches.isEmpty()) {
            return Optional.empty();
        }
        Map<Unit, Double> own = of(row, pair.method).byUnit();
        Map<Unit, Double> others = of(row, pair.other).byUnit();
        // Matches of as many heads each are a value each; else every head counts as much, as it does in the mean.
        boolean even = matches.size() > 1
                && matches.stream().map(match -> match.units.size()).distinct().count() == 1;
        List<Double> values = new ArrayList<>();
        for (Match match : matches) {
            double other = Metrics.mean(match.others.stream().map(others::get).toList());
            List<Double> differences =
                    match.units.stream().map(unit -> own.get(unit) - other).toList();
            values.addAll(even ? List.of(Metrics.mean(differences)) : differences);
        }
        boolean drawn = matches.get(0).others.get(0).draw() != null;
        boolean heads = matches.size() == 1 && matches.get(0).isOfHeads();
        Difference overUnits =
                Difference.over(heads ? Over.HEADS : drawn ? Over.DRAWS : Over.RUNS, values, row.scale());
        List<PairedImages> images =
                matches.stream().map(match -> images(row, pair, match)).toList();
        boolean same = images.stream().map(PairedImages::identities).distinct().count() == 1;
        boolean paired = images.stream().allMatch(PairedImages::arePaired);
        if (drawn || !paired || (!same && overUnits.interval() != null)) {
            return Optional.of(overUnits);
        }
        List<Interval> intervals = new ArrayList<>();
        int count = 0;
        for (int i = 0; i < matches.size(); i++) {
            Match match = matches.get(i);
            Difference difference = images.get(i).difference(match.others.size(), row.scale(), seed(match));
            intervals.addAll(Collections.nCopies(even ? 1 : match.units.size(), difference.interval()));
            count = difference.count();
        }
        return Optional.of(Difference.onPictures(overUnits.value(), Interval.mean(intervals), count, row.scale()));
    }

    /**
     * Returns the units that are compared. If a method has a single one, it is compared with all of the other that saw the
     * same images; else those of the same run are: the same seeds, or all heads with the only value of the other method;
     * or those with the same seeds and draws in different runs, or at the same places.
     */
    private List<Match> matches(Row row, Pair pair) {
        List<Unit> own = List.copyOf(of(row, pair.method).byUnit().keySet());
        List<Unit> others = List.copyOf(of(row, pair.other).byUnit().keySet());
        int fewest = Math.min(own.size(), others.size());
        boolean alike = Stream.concat(own.stream(), others.stream())
                        .map(unit -> List.of(String.valueOf(unit.draw()), fingerprint(unit, row)))
                        .distinct()
                        .count()
                == 1;
        if (fewest == 1 && alike) {
            return List.of(new Match(own, others));
        }
        List<Match> within = new ArrayList<>();
        for (Unit other : others) {
            List<Unit> units = own.stream()
                    .filter(unit -> unit.run().equals(other.run())
                            && Objects.equals(unit.draw(), other.draw())
                            && (other.seed() == null || other.seed().equals(unit.seed())))
                    .toList();
            if (!units.isEmpty()) {
                within.add(new Match(units, List.of(other)));
            }
        }
        if (!within.isEmpty()) {
            return within;
        }
        List<Match> across = new ArrayList<>();
        List<Unit> left = new ArrayList<>(others);
        for (Unit unit : own) {
            left.stream()
                    .filter(other ->
                            Objects.equals(unit.seed(), other.seed()) && Objects.equals(unit.draw(), other.draw()))
                    .findFirst()
                    .ifPresent(other -> {
                        left.remove(other);
                        across.add(new Match(List.of(unit), List.of(other)));
                    });
        }
        return !across.isEmpty()
                ? across
                : IntStream.range(0, fewest)
                        .mapToObj(i -> new Match(List.of(own.get(i)), List.of(others.get(i))))
                        .toList();
    }

    private String fingerprint(Unit unit, Row row) {
        return section.run(unit.run()).data(row.condition).path("fingerprint").asText();
    }

    private PairedImages images(Row row, Pair pair, Match match) {
        Optional<Derived> function = Optional.ofNullable(derived.get(row.measure));
        Measure measure = function.map(Derived::of).orElse(row.measure);
        List<Condition> conditions = function.map(each -> each.values().stream()
                        .map(value -> row.condition.with(each.dimension(), value))
                        .toList())
                .orElse(List.of(row.condition));
        List<List<Map<String, ImageValues>>> units = new ArrayList<>();
        Set<Object> identities = new LinkedHashSet<>();
        Map<String, List<Unit>> sides = new LinkedHashMap<>();
        sides.put(pair.other, match.others);
        sides.put(pair.method, match.units);
        sides.forEach((method, own) -> own.forEach(unit -> {
            List<Map<String, ImageValues>> byCondition = conditions.stream()
                    .map(condition -> section.images(measure, condition.with(Condition.METHOD, method), unit))
                    .toList();
            byCondition.forEach(
                    values -> identities.add(List.of(fingerprint(unit, row), PairedImages.identity(values))));
            units.add(byCondition);
        }));
        Map<String, ImageValues> first = units.get(0).get(0);
        return new PairedImages(
                units, identities, section.domains(row.condition, first.keySet()), function.map(Derived::function));
    }

    private long seed(Match match) {
        Unit first = match.units.get(0);
        String seed = match.isOfHeads() || first.seed() == null
                ? section.run(first.run()).option("seed")
                : first.seed();
        return seed.matches("-?\\d{1,18}") ? Long.parseLong(seed) : 0;
    }
}
