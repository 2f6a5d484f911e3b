package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the methods and settings of runs of one protocol, so that methods that differ in more than the seed have
 * different names: {@code CLAP (tau 0.1)} and {@code CLAP (tau 0.5)}, but {@code CLAP} if all heads were trained alike.
 */
final class MethodLabels {
    private final Distinction settings;
    private final Map<String, Distinction> byKind = new LinkedHashMap<>();

    MethodLabels(List<? extends Measured<?>> runs) {
        settings = Distinction.among(
                runs.stream().map(run -> RunSettings.of(run.run())).toList());
        Map<String, List<Map<String, String>>> heads = new LinkedHashMap<>();
        for (Measured<?> run : runs) {
            for (String method : run.methods()) {
                heads.computeIfAbsent(Method.kindOf(method), kind -> new ArrayList<>())
                        .add(RunSettings.of(run.run(), method));
            }
        }
        heads.forEach((kind, descriptions) -> byKind.put(kind, Distinction.among(descriptions)));
    }

    /** Returns the name of a run's method. */
    String of(Measured<?> run, String method) {
        String kind = Method.kindOf(method);
        String label = byKind.get(kind).label(RunSettings.of(run.run(), method));
        return label.isEmpty() ? kind : kind + " (" + label + ")";
    }

    /** Returns a suffix for a metric's name with the run's settings; empty if all runs agree. */
    String setting(Measured<?> run) {
        return settings.label(RunSettings.of(run.run()));
    }
}
