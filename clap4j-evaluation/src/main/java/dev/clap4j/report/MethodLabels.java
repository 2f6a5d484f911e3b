package dev.clap4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.training.HeadHyperparameters;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names methods so that those that differ in more than the seed have different names: {@code CLAP (tau 0.1)} and
 * {@code CLAP (tau 0.5)}, but {@code CLAP} if all heads were trained alike.
 */
final class MethodLabels {
    /** Dimensions of all experiments; the others are settings of a sweep. */
    static final List<String> KNOWN = List.of(
            Condition.DATA,
            Condition.MODEL,
            Condition.METHOD,
            Condition.ALPHA,
            Condition.SEED,
            Condition.PROMPT,
            Condition.SHOTS,
            Condition.DRAW,
            Condition.ATTACK,
            Condition.DOMAIN);

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

    private final Map<List<String>, Set<Map<String, String>>> descriptions = new LinkedHashMap<>();
    private final Set<String> models = new LinkedHashSet<>();
    private final Map<List<Object>, String> labels = new HashMap<>();

    MethodLabels(List<SavedRun> runs) {
        for (SavedRun run : runs) {
            run.scores().forEach(score -> {
                Condition condition = score.condition();
                models.add(model(run, condition));
                descriptions
                        .computeIfAbsent(key(score.measure(), condition), kind -> new LinkedHashSet<>())
                        .add(describe(run, condition));
            });
        }
    }

    private static List<String> key(Measure measure, Condition condition) {
        return List.of(
                measure.id(),
                String.valueOf(condition.get(Condition.METHOD)),
                String.valueOf(condition.get(Condition.DATA)));
    }

    /** Returns the name of the method by which a measure was obtained. */
    String of(SavedRun run, Measure measure, Condition condition) {
        Condition method = condition.without(
                Condition.SEED, Condition.PROMPT, Condition.SHOTS, Condition.DRAW, Condition.ATTACK, Condition.DOMAIN);
        return labels.computeIfAbsent(List.of(run.folder(), measure, method), key -> label(run, measure, condition));
    }

    private String label(SavedRun run, Measure measure, Condition condition) {
        Map<String, String> own = describe(run, condition);
        Set<Map<String, String>> others = descriptions.getOrDefault(key(measure, condition), Set.of(own));
        String model = models.size() > 1 ? "model " + brief(model(run, condition)) + ", " : "";
        String differences = names(others).stream()
                .map(name -> label(name, own.get(name)) + ", ")
                .collect(Collectors.joining());
        String label = (model + differences).replaceFirst(", $", "");
        String method = String.valueOf(condition.get(Condition.METHOD));
        return label.isEmpty() ? method : method + " (" + label + ")";
    }

    /** Returns the names of the entries in which descriptions differ. */
    private static List<String> names(Collection<Map<String, String>> descriptions) {
        return descriptions.stream()
                .flatMap(description -> description.keySet().stream())
                .distinct()
                .filter(name -> descriptions.stream()
                                .map(description -> description.getOrDefault(name, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }

    private static String label(String name, String value) {
        return value == null || value.isEmpty() ? "no " + name : name + " " + brief(value);
    }

    private static String brief(String value) {
        String brief = FINGERPRINT.matcher(value).replaceAll("$1");
        return brief.length() > LONGEST ? brief.substring(0, LONGEST) + "…" : brief;
    }

    private String model(SavedRun run, Condition condition) {
        String name = run.model(condition);
        return name + " "
                + run.description()
                        .path("models")
                        .path(name)
                        .path("fingerprint")
                        .asText();
    }

    /** Returns the settings of a method: those of the run, of its head, and of the sweep's grid. */
    private static Map<String, String> describe(SavedRun run, Condition condition) {
        boolean hasHead = condition.has(Condition.ALPHA);
        Map<String, String> settings = new LinkedHashMap<>();
        if (hasHead) {
            String method = condition.get(Condition.METHOD);
            JsonNode head = run.description().path("heads").path(method).path("settings");
            head.properties().forEach(each -> settings.put(each.getKey(), SavedRun.text(each.getValue())));
            if (!run.option("alpha").equals("auto") && !CHOOSING.contains(run.protocol())) {
                settings.put("alpha", condition.get(Condition.ALPHA));
            }
        }
        run.description().path("options").properties().forEach(option -> {
            if (!SEEDS.contains(option.getKey()) && (hasHead || !OF_HEADS.contains(option.getKey()))) {
                settings.putIfAbsent(option.getKey(), SavedRun.text(option.getValue()));
            }
        });
        settings.put("images", SavedRun.text(run.data(condition).path("images")));
        JsonNode model = run.description().path("models").path(run.model(condition));
        List.of("engine", "preprocessing").forEach(part -> settings.put(part, SavedRun.text(model.path(part))));
        condition.values().forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /** Returns the place of a method in tables: CLIP, the baselines, CLAP. */
    static int rank(String label) {
        return is("CLIP", label) ? 0 : is("CLAP", label) ? 2 : 1;
    }

    private static boolean is(String method, String label) {
        return label.equals(method) || label.startsWith(method + " (");
    }
}
