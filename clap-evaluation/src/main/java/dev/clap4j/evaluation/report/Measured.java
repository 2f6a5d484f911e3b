package dev.clap4j.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A run and what came of it.
 *
 * @param <T> its result
 */
record Measured<T>(RunRecord run, T result) {
    /** What identifies the run among others. */
    String id() {
        return run.folder().toString();
    }

    /** Runs with the same options and methods, which differ in their seeds and heads, together. */
    static <T> List<List<Measured<T>>> alike(List<Measured<T>> runs, Function<T, List<String>> methods) {
        Map<String, List<Measured<T>>> groups = new LinkedHashMap<>();
        for (Measured<T> measured : runs) {
            String key = measured.run.setting() + methods.apply(measured.result);
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(measured);
        }
        return List.copyOf(groups.values());
    }

    /** The results alone. */
    static <T> List<T> results(List<Measured<T>> runs) {
        return runs.stream().map(Measured::result).toList();
    }
}
