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
import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.report.Observation.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All results on one data set, or of one sweep. */
final class Section {
    /** The dimensions of the rows in which methods are compared. */
    private static final List<String> ROW =
            List.of(Condition.DATA, Condition.SHOTS, Condition.EPSILON, Condition.ATTACK, Condition.PROMPT);

    /** Options that change the measures of a measurement, or are told in its captions. */
    private static final List<String> TOLD = List.of("probe", "threat", "epsilon");

    private final List<SavedRun> runs;
    private final Observations observations;
    private final Map<List<Object>, Map<String, ImageValues>> images = new HashMap<>();

    private Section(List<SavedRun> runs) {
        this.runs = runs;
        MethodLabels labels = new MethodLabels(runs);
        List<Observation> all = new ArrayList<>();
        for (SavedRun run : runs) {
            run.scores().forEach(score -> all.add(observation(run, score, labels)));
            run.images().forEach(values -> {
                Observation mean = observation(run, values.score(), labels);
                images.computeIfAbsent(mean.key(), key -> new LinkedHashMap<>())
                        .put(String.valueOf(mean.shown().get(Condition.DOMAIN)), values);
            });
        }
        this.observations = Observations.sorted(all);
    }

    private static Observation observation(SavedRun run, Score score, MethodLabels labels) {
        Condition condition = score.condition();
        Condition shown = condition
                .only(ROW)
                .with(Condition.METHOD, labels.of(run, score))
                .with(Condition.DOMAIN, condition.get(Condition.DOMAIN));
        return Observation.of(run, score, shown);
    }

    /** Groups runs that measured something by their data sets, and sets sweeps apart. */
    static List<Section> of(List<SavedRun> runs) {
        List<List<SavedRun>> groups = new ArrayList<>();
        for (SavedRun run : runs) {
            if (!run.scores().isEmpty()) {
                groups.stream()
                        .filter(group -> !run.isSweep() && !group.get(0).isSweep() && sameData(group.get(0), run))
                        .findFirst()
                        .ifPresentOrElse(group -> group.add(run), () -> groups.add(new ArrayList<>(List.of(run))));
            }
        }
        return groups.stream().map(Section::new).toList();
    }

    /** Returns whether two runs have the same data sets, by their folders or by their images. */
    private static boolean sameData(SavedRun one, SavedRun other) {
        return Stream.of("folder", "fingerprint")
                .anyMatch(part -> one.data(part).equals(other.data(part)));
    }

    List<SavedRun> runs() {
        return runs;
    }

    SavedRun first() {
        return runs.get(0);
    }

    SavedRun run(Path folder) {
        return runs.stream()
                .filter(run -> run.folder().equals(folder))
                .findFirst()
                .orElseThrow();
    }

    boolean isQuickstart() {
        return runs.stream().allMatch(run -> run.protocol().equals("quickstart"));
    }

    /** Returns all observations, in the order of their measures. */
    Observations observations() {
        return observations;
    }

    /** Returns those in which methods are compared: not those of prompts that merely see the images of an attack. */
    Observations compared() {
        return observations.where(each -> {
            String templates = run(each.unit().run()).option("templates");
            String attacked = templates.isEmpty() ? PromptStyle.C.name() : templates;
            String prompt = each.shown().get(Condition.PROMPT);
            return !each.shown().has(Condition.ATTACK)
                    || attacked.equals(prompt)
                    || Stream.of(PromptStyle.values())
                            .noneMatch(style -> style.name().equals(prompt));
        });
    }

    /** Returns the methods: CLIP, then others, then CLAP. */
    List<String> methods() {
        return observations.values(Condition.METHOD);
    }

    /** Returns the values of single images by domain; empty if there are none. */
    Map<String, ImageValues> images(Measure measure, Condition shown, Unit unit) {
        return images.getOrDefault(new Observation(measure, shown, unit, 0).key(), Map.of());
    }

    /** Returns the measurements whose scores are there, with the options that their captions tell. */
    List<Measurement> measurements() {
        Set<Measure> known = Set.copyOf(observations.measures());
        return Measurements.ALL.stream()
                .flatMap(kind -> has(kind, "classifier")
                        ? Stream.of("zeroshot", "oneshot")
                                .map(target -> of(kind, Map.of("classifier", List.of(target))))
                        : Stream.of(of(kind, Map.of())))
                .filter(measurement -> measurement.layout().tables().stream()
                        .anyMatch(table -> table.measures().stream().anyMatch(known::contains)))
                .toList();
    }

    private static boolean has(MeasurementKind kind, String name) {
        return kind.settings().stream().anyMatch(setting -> setting.name().equals(name));
    }

    private Measurement of(MeasurementKind kind, Map<String, List<String>> given) {
        Map<String, List<String>> told = new LinkedHashMap<>(given);
        TOLD.stream().filter(name -> has(kind, name)).forEach(name -> runs.stream()
                .map(run -> run.option(name))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .ifPresent(text -> told.put(name, List.of(text))));
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

    /** Returns the models and the data set. */
    String title() {
        String models = runs.stream()
                .flatMap(run -> run.description().path("models").properties().stream())
                .map(model -> {
                    String architecture = model.getValue().path("architecture").asText();
                    boolean tells =
                            Architectures.names().contains(architecture) && !architecture.equals(model.getKey());
                    return tells ? model.getKey() + " (" + architecture + ")" : model.getKey();
                })
                .distinct()
                .collect(Collectors.joining(", "));
        String folders = first().data("folder").stream()
                .map(folder -> folder.replaceFirst("[/\\\\]+$", "").replaceFirst("^.*[/\\\\]", ""))
                .collect(Collectors.joining(" and "));
        return models.isEmpty() ? folders : models + " on " + folders;
    }

    /** Returns the description of a part of the data, by the first run; of all if there is none. */
    JsonNode data(String part) {
        return first().data(Condition.NONE.with(Condition.DATA, part.isEmpty() ? null : part));
    }

    /** Returns the number of images and classes, and the source of the spread of observations. */
    String about(String part, Observations of) {
        JsonNode data = data(part);
        int measured = of.all().stream()
                .map(each -> images.getOrDefault(each.key(), Map.<String, ImageValues>of())
                        .values())
                .mapToInt(domains -> domains.stream()
                        .mapToInt(values -> values.values().length)
                        .sum())
                .max()
                .orElse(0);
        String legend = of.legend();
        return (measured == 0 ? SavedRun.text(data.path("images")) : measured) + " images, "
                + data.path("classes").size() + " classes" + (legend.isEmpty() ? "" : "; " + legend);
    }
}
