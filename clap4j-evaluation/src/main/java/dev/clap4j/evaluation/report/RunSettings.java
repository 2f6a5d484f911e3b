package dev.clap4j.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.evaluation.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of an evaluation except seeds; runs with different settings are not merged. */
final class RunSettings {
    /** Seeds, and settings that are listed per method. */
    private static final Set<String> NOT_OF_THE_RUN = Set.of("seed", "seeds", "head", "alpha");

    private static final String ALPHA = "alpha";

    private RunSettings() {}

    /** Returns the evaluation settings of a run. */
    static Map<String, String> of(RunRecord run) {
        Map<String, String> settings = new LinkedHashMap<>();
        run.run().path("options").properties().forEach(option -> {
            if (!NOT_OF_THE_RUN.contains(option.getKey())) {
                settings.put(option.getKey(), text(option.getValue()));
            }
        });
        settings.put("images", run.run().path("data").path("images").asText());
        settings.put("engine", run.model("engine"));
        settings.put("preprocessing", run.model("preprocessing"));
        return settings;
    }

    /** Returns a method's settings: the training of its head, and its alpha unless the run chose it. */
    static Map<String, String> of(RunRecord run, String method) {
        Map<String, String> settings = new LinkedHashMap<>();
        JsonNode head = run.run().path("heads").path(method);
        if (head.isObject()) {
            head.path("settings").properties().forEach(entry -> settings.put(entry.getKey(), text(entry.getValue())));
        } else {
            fingerprint(run.option("head"), method, settings);
        }
        String alpha = Method.alphaOf(method);
        if (!alpha.isEmpty() && !run.option(ALPHA).equals("auto")) {
            settings.put(ALPHA, alpha);
        }
        return settings;
    }

    /** Adds the head's fingerprint, if the run's record does not describe the head. */
    private static void fingerprint(String heads, String method, Map<String, String> settings) {
        Matcher matcher = Pattern.compile(Pattern.quote(method) + "=([^,}]+)").matcher(heads);
        if (matcher.find()) {
            settings.put("head", matcher.group(1));
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }
}
