package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run and its result.
 *
 * @param methods the names of the evaluated methods
 * @param <T> the type of the result
 */
record Measured<T>(RunRecord run, T result, List<String> methods) {
    /** Groups runs by kind. */
    static <T> Collection<List<Measured<T>>> by(List<Measured<T>> runs, Function<T, String> kind) {
        return runs.stream()
                .collect(Collectors.groupingBy(run -> kind.apply(run.result), LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** Returns an identifier of the test images. */
    String pictures() {
        return run.data() + " " + run.run().path("data").path("fingerprint").asText();
    }

    /** Runs that differ only in their seeds. */
    record Alike<T>(List<Measured<T>> runs, String label) {
        /** Returns the results. */
        List<T> results() {
            return runs.stream().map(Measured::result).toList();
        }

        /** Returns a method's name by index, without its alpha if each run chose its own. */
        String method(int place) {
            List<String> names =
                    runs.stream().map(run -> run.methods.get(place)).distinct().toList();
            return names.size() == 1 ? names.get(0) : Method.kindOf(names.get(0)) + ", α of each run";
        }

        /** Returns a heading that distinguishes these runs from the others; empty if there are none. */
        String heading() {
            return label.isEmpty() ? "" : Html.text("h4", label);
        }
    }

    /**
     * Groups runs that differ only in their seeds.
     *
     * @param shape other properties that they must share, such as the domains
     */
    static <T> List<Alike<T>> alike(List<Measured<T>> runs, Function<T, List<String>> shape) {
        Map<Map<String, String>, List<Measured<T>>> groups = new LinkedHashMap<>();
        for (Measured<T> measured : runs) {
            groups.computeIfAbsent(measured.description(shape), k -> new ArrayList<>())
                    .add(measured);
        }
        Distinction distinction = Distinction.among(groups.keySet());
        List<Alike<T>> alike = new ArrayList<>();
        groups.forEach((description, group) -> alike.add(new Alike<>(group, distinction.label(description))));
        return alike;
    }

    private Map<String, String> description(Function<T, List<String>> shape) {
        Map<String, String> description = new LinkedHashMap<>(RunSettings.of(run));
        description.put("domains", String.join(", ", shape.apply(result)));
        description.put(
                "methods",
                String.join(", ", methods.stream().map(Method::kindOf).toList()));
        for (String method : methods) {
            RunSettings.of(run, method)
                    .forEach((name, value) -> description.merge(
                            Method.kindOf(method) + " " + name, value, (one, other) -> one + " and " + other));
        }
        return description;
    }
}
