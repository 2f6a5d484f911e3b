package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the methods and settings of runs of one protocol are called, so that what differs in more than the seed has a name
 * of its own: {@code CLAP (tau 0.1)} beside {@code CLAP (tau 0.5)}, but {@code CLAP} where all heads were trained alike.
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

    /** What a method of a run is called. */
    String of(Measured<?> run, String method) {
        String kind = Method.kindOf(method);
        String label = byKind.get(kind).label(RunSettings.of(run.run(), method));
        return label.isEmpty() ? kind : kind + " (" + label + ")";
    }

    /** What a measure is called behind its name, by how a run took it; empty if all did so alike. */
    String setting(Measured<?> run) {
        return settings.label(RunSettings.of(run.run()));
    }
}
