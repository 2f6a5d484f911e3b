package dev.clap4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.Measurements;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.statistics.Spread;
import dev.clap4j.report.Observation.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All results on one data set, or of one sweep. */
final class Section {
    /** The dimensions of the rows in which methods are compared. */
    private static final List<String> ROW =
            List.of(Condition.DATA, Condition.SHOTS, Condition.ATTACK, Condition.PROMPT);

    /** Options that change the measures of a measurement, or are told in its captions. */
    private static final List<String> TOLD = List.of("probe", "threat", "epsilon");

    private static final List<String> CLASSIFIERS = List.of("zeroshot", "oneshot");

    private final List<SavedRun> runs;
    private final MethodLabels labels;
    private final List<Observation> observations = new ArrayList<>();
    private final Map<List<Object>, Map<String, ImageValues>> images = new HashMap<>();

    private Section(List<SavedRun> runs) {
        this.runs = runs;
        this.labels = new MethodLabels(runs);
        for (SavedRun run : runs) {
            for (Score score : run.scores()) {
                observations.add(new Observation(
                        score.measure(),
                        shown(run, score.measure(), score.condition()),
                        unit(run, score.condition()),
                        score.value()));
            }
            for (ImageValues values : run.images()) {
                Condition shown = shown(run, values.measure(), values.condition());
                images.computeIfAbsent(
                                List.of(
                                        values.measure(),
                                        shown.without(Condition.DOMAIN),
                                        unit(run, values.condition())),
                                key -> new LinkedHashMap<>())
                        .put(String.valueOf(shown.get(Condition.DOMAIN)), values);
            }
        }
        List<Measure> found = measures();
        observations.sort(Comparator.comparingInt(each -> found.indexOf(each.measure())));
    }

    /** Groups runs that measured something by their data sets, and sets sweeps apart. */
    static List<Section> of(List<SavedRun> runs) {
        Map<Object, List<SavedRun>> groups = new LinkedHashMap<>();
        for (SavedRun run : runs) {
            if (!run.scores().isEmpty()) {
                Object key = SweepTable.isSweep(run)
                        ? run.folder()
                        : groups.entrySet().stream()
                                .filter(group ->
                                        !SweepTable.isSweep(group.getValue().get(0)))
                                .filter(group -> sameData(group.getValue().get(0), run))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElse(run.folder());
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(run);
            }
        }
        return groups.values().stream().map(Section::new).toList();
    }

    /** Returns whether two runs have the same data sets, by their folders or by their images. */
    private static boolean sameData(SavedRun one, SavedRun other) {
        return data(one, "folder").equals(data(other, "folder"))
                || data(one, "fingerprint").equals(data(other, "fingerprint"));
    }

    private static List<String> data(SavedRun run, String part) {
        return run.description().path("data").properties().stream()
                .map(data -> data.getValue().path(part).asText())
                .toList();
    }

    private Condition shown(SavedRun run, Measure measure, Condition condition) {
        return condition
                .only(ROW)
                .with(Condition.METHOD, labels.of(run, measure, condition))
                .with(Condition.DOMAIN, condition.get(Condition.DOMAIN));
    }

    private static Unit unit(SavedRun run, Condition condition) {
        return new Unit(run.folder(), condition.get(Condition.SEED), condition.get(Condition.DRAW));
    }

    /** Returns the runs. */
    List<SavedRun> runs() {
        return runs;
    }

    /** Returns the first of the runs. */
    SavedRun first() {
        return runs.get(0);
    }

    /** Returns whether all runs are of a kind. */
    boolean isOf(String protocol) {
        return runs.stream().allMatch(run -> run.protocol().equals(protocol));
    }

    /** Returns the run of a directory. */
    SavedRun run(Path folder) {
        return runs.stream()
                .filter(run -> run.folder().equals(folder))
                .findFirst()
                .orElseThrow();
    }

    /** Returns all observations, in the order of their measures. */
    List<Observation> observations() {
        return observations;
    }

    /** Returns the measures that were found, in their order. */
    private List<Measure> measures() {
        return observations.stream().map(Observation::measure).distinct().toList();
    }

    /** Returns the methods: CLIP, then others, then CLAP. */
    List<String> methods() {
        return observations.stream()
                .map(Observation::method)
                .distinct()
                .sorted(Comparator.comparingInt(MethodLabels::rank))
                .toList();
    }

    /** Returns the values of single images by domain; empty if there are none. */
    Map<String, ImageValues> images(Measure measure, Condition condition, String method, Unit unit) {
        return images.getOrDefault(List.of(measure, condition.with(Condition.METHOD, method), unit), Map.of());
    }

    /** Returns the measurements whose scores are there, with the options that their captions tell. */
    List<Measurement> measurements() {
        Set<Measure> known = new LinkedHashSet<>(measures());
        List<Measurement> all = new ArrayList<>();
        for (MeasurementKind kind : Measurements.ALL) {
            List<String> targets =
                    kind.settings().stream().anyMatch(setting -> setting.name().equals("classifier"))
                            ? CLASSIFIERS
                            : List.of("");
            for (String target : targets) {
                Measurement measurement = measurement(kind, target);
                if (measurement.layout().tables().stream()
                        .anyMatch(table -> table.measures().stream().anyMatch(known::contains))) {
                    all.add(measurement);
                }
            }
        }
        return all;
    }

    private Measurement measurement(MeasurementKind kind, String target) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        if (!target.isEmpty()) {
            given.put("classifier", List.of(target));
        }
        Map<String, List<String>> told = new LinkedHashMap<>(given);
        for (MeasurementKind.Setting setting : kind.settings()) {
            String value = first().option(setting.name());
            if (TOLD.contains(setting.name()) && !value.isEmpty()) {
                told.put(setting.name(), List.of(value));
            }
        }
        try {
            return kind.of(told);
        } catch (ClapException e) {
            // An option of another version or an edited record: the caption tells the default.
            return kind.of(given);
        }
    }

    /** Returns domains in the order of the data set, in which their images are resampled. */
    List<String> domains(Condition condition, Set<String> found) {
        List<String> order = new ArrayList<>();
        first().data(condition).path("domains").fieldNames().forEachRemaining(order::add);
        order.retainAll(found);
        return order.size() == found.size() ? order : List.copyOf(found);
    }

    /** Returns the values of the dimension {@link Condition#DATA}, or none. */
    List<String> parts() {
        return observations.stream()
                .flatMap(each -> Stream.ofNullable(each.shown().get(Condition.DATA)))
                .distinct()
                .toList();
    }

    /** Returns the observations on a part of the data; empty for all. */
    List<Observation> observations(String part) {
        return part.isEmpty()
                ? observations
                : observations.stream()
                        .filter(each -> part.equals(each.shown().get(Condition.DATA)))
                        .toList();
    }

    /** Returns the models and the data set. */
    String title() {
        Set<String> models = new LinkedHashSet<>();
        runs.forEach(run -> run.description().path("models").properties().forEach(model -> {
            String architecture = model.getValue().path("architecture").asText();
            boolean named = architecture.isEmpty() || architecture.equals(model.getKey());
            models.add(named ? model.getKey() : model.getKey() + " (" + architecture + ")");
        }));
        String on = String.join(
                " and ", data(first(), "folder").stream().map(Section::lastName).toList());
        return models.isEmpty() ? on : String.join(", ", models) + " on " + on;
    }

    private static String lastName(String folder) {
        String bare = folder.replaceFirst("[/\\\\]+$", "");
        return bare.substring(Math.max(bare.lastIndexOf('/'), bare.lastIndexOf('\\')) + 1);
    }

    /** Returns the description of a part of the data, by the first run. */
    JsonNode data(String part) {
        return first().data(part.isEmpty() ? Condition.NONE : Condition.NONE.with(Condition.DATA, part));
    }

    /** Returns the number of images and classes, and the source of the spread of observations. */
    String about(String part, List<Observation> of) {
        JsonNode data = data(part);
        int measured = of.stream()
                .map(each -> images.getOrDefault(
                        List.of(each.measure(), each.shown().without(Condition.DOMAIN), each.unit()),
                        Map.<String, ImageValues>of()))
                .mapToInt(byDomain -> byDomain.values().stream()
                        .mapToInt(values -> values.values().length)
                        .sum())
                .max()
                .orElse(0);
        String legend = legend(of);
        return (measured == 0 ? SavedRun.text(data.path("images")) : measured) + " images, "
                + data.path("classes").size() + " classes" + (legend.isEmpty() ? "" : "; " + legend);
    }

    /** Returns the source of the spread: runs, seeds, heads or draws; empty if there is one value each. */
    static String legend(List<Observation> of) {
        return Spread.legend(most(of), sources(of));
    }

    /** Returns the greatest number of units of a method. */
    static int most(List<Observation> of) {
        Map<List<Object>, Set<Unit>> units = new HashMap<>();
        of.forEach(each -> units.computeIfAbsent(
                        List.of(each.measure(), each.shown().without(Condition.DOMAIN)), key -> new LinkedHashSet<>())
                .add(each.unit()));
        return units.values().stream().mapToInt(Set::size).max().orElse(1);
    }

    /** Returns the plural of what units are. */
    static String sources(List<Observation> of) {
        if (of.stream().anyMatch(each -> each.unit().draw() != null)) {
            return "draws of labelled images";
        }
        boolean unseeded = of.stream().anyMatch(each -> each.unit().seed() == null);
        boolean seeded = of.stream().anyMatch(each -> each.unit().seed() != null);
        return seeded && unseeded ? "heads" : "runs";
    }
}
