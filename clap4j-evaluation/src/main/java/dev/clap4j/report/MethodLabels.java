package dev.clap4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Score;
import dev.clap4j.internal.io.Names;
import dev.clap4j.training.HeadHyperparameters;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names methods so that those that differ in more than the seed have different names: {@code CLAP (tau 0.1)} and
 * {@code CLAP (tau 0.5)}, but {@code CLAP} if all heads were trained alike.
 */
final class MethodLabels {
    /** Dimensions in which the scores of a method may differ. */
    private static final List<String> WITHIN = List.of(
            Condition.SEED,
            Condition.PROMPT,
            Condition.SHOTS,
            Condition.DRAW,
            Condition.ATTACK,
            Condition.EPSILON,
            Condition.DOMAIN);

    /** The other dimensions of all experiments; any others are settings of a sweep. */
    private static final List<String> METHOD =
            List.of(Condition.DATA, Condition.MODEL, Condition.METHOD, Condition.ALPHA);

    /** Options that differ between runs that are averaged, and those that are told for each method. */
    private static final Set<String> SEEDS = Set.of("seed", "seeds", "head-seeds", "draws", "head", "alpha");

    private static final Set<String> OF_HEADS =
            HeadHyperparameters.CLAP.stream().map(each -> each.name()).collect(Collectors.toSet());

    /** Recipes, which choose α. */
    private static final Set<String> CHOOSING = Set.of("quickstart", "reproduction");

    /** The maximum length of values in names; longer ones are truncated. */
    private static final int LONGEST = 40;

    /** Matches fingerprints, which are shortened to eight digits. */
    private static final Pattern FINGERPRINT = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{8,}\\b");

    /** The settings of a method: those of its head and of the sweep's grid, then those of what measured it. */
    private record Settings(Map<String, String> head, Map<String, String> run) {
        Map<String, String> all() {
            Map<String, String> all = new LinkedHashMap<>(head);
            run.forEach(all::putIfAbsent);
            return all;
        }
    }

    /** The settings by method, measure and data. */
    private final Map<List<String>, Set<Settings>> settings = new LinkedHashMap<>();

    private final Set<String> models = new LinkedHashSet<>();
    private final Map<List<Object>, String> labels = new HashMap<>();

    MethodLabels(List<SavedRun> runs) {
        runs.forEach(run -> run.scores().forEach(score -> {
            models.add(model(run, score.condition()));
            settings.computeIfAbsent(kind(score), kind -> new LinkedHashSet<>()).add(settings(run, score.condition()));
        }));
    }

    private static List<String> kind(Score score) {
        Condition condition = score.condition();
        return List.of(method(condition), score.measure().id(), String.valueOf(condition.get(Condition.DATA)));
    }

    private static String method(Condition condition) {
        return String.valueOf(condition.get(Condition.METHOD));
    }

    /** Returns the name of the method by which a score was obtained. */
    String of(SavedRun run, Score score) {
        Condition method = score.condition().without(WITHIN);
        return labels.computeIfAbsent(List.of(run.folder(), score.measure(), method), key -> label(run, score));
    }

    private String label(SavedRun run, Score score) {
        String method = method(score.condition());
        Settings described = settings(run, score.condition());
        Map<String, String> own = described.all();
        List<Map<String, String>> alike = settings.getOrDefault(kind(score), Set.of(described)).stream()
                .map(Settings::all)
                .toList();
        Set<String> names = new LinkedHashSet<>(names(alike));
        names.removeIf(name -> values(alike, name, "").size() == 1);
        // Several measures share a column, so heads are told apart over all of them.
        List<Map<String, String>> heads = settings.entrySet().stream()
                .filter(kind -> kind.getKey().get(0).equals(method))
                .flatMap(kind -> kind.getValue().stream().map(Settings::head))
                .toList();
        described.head.keySet().stream()
                .filter(name -> values(heads, name, own.get(name)).size() > 1)
                .forEach(names::add);
        String label = Stream.concat(
                        models.size() > 1 ? Stream.of("model " + brief(model(run, score.condition()))) : Stream.of(),
                        names.stream().map(name -> told(name, own.getOrDefault(name, ""))))
                .collect(Collectors.joining(", "));
        return label.isEmpty() ? method : method + " (" + label + ")";
    }

    private static Set<String> names(List<Map<String, String>> settings) {
        return settings.stream()
                .flatMap(each -> each.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> values(List<Map<String, String>> settings, String name, String missing) {
        return settings.stream().map(each -> each.getOrDefault(name, missing)).collect(Collectors.toSet());
    }

    private static String told(String name, String value) {
        return value.isEmpty() ? "no " + name : name + " " + brief(value);
    }

    private static String brief(String value) {
        return Names.brief(FINGERPRINT.matcher(value).replaceAll("$1"), LONGEST);
    }

    private static String model(SavedRun run, Condition condition) {
        return run.model(condition) + " "
                + run.modelDescription(condition).path("fingerprint").asText();
    }

    private static Settings settings(SavedRun run, Condition condition) {
        Map<String, String> head = new LinkedHashMap<>();
        Map<String, String> measured = new LinkedHashMap<>();
        boolean hasHead = condition.has(Condition.ALPHA);
        if (hasHead) {
            JsonNode heads = run.description().path("heads");
            heads.path(method(condition))
                    .path("settings")
                    .properties()
                    .forEach(each -> head.put(each.getKey(), SavedRun.text(each.getValue())));
            boolean chosen = run.option("alpha").equals("auto") || CHOOSING.contains(run.protocol());
            head.put("alpha", chosen ? "auto" : condition.get(Condition.ALPHA));
        }
        run.description().path("options").properties().forEach(option -> {
            boolean ofHead = OF_HEADS.contains(option.getKey());
            if (!SEEDS.contains(option.getKey()) && (hasHead || !ofHead)) {
                (ofHead ? head : measured).putIfAbsent(option.getKey(), SavedRun.text(option.getValue()));
            }
        });
        measured.put("images", SavedRun.text(run.data(condition).path("images")));
        List.of("engine", "preprocessing")
                .forEach(part -> measured.put(
                        part, SavedRun.text(run.modelDescription(condition).path(part))));
        head.putAll(condition.without(WITHIN).without(METHOD).values());
        return new Settings(head, measured);
    }

    /** Returns the place of a method in tables: CLIP, the baselines, CLAP. */
    static int rank(String label) {
        return is("CLIP", label) ? 0 : is("CLAP", label) ? 2 : 1;
    }

    private static boolean is(String method, String label) {
        return label.equals(method) || label.startsWith(method + " (");
    }
}
