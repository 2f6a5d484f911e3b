package dev.clap4j.evaluation.report;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What tells several descriptions apart: the entries in which they are not all alike.
 *
 * @param names of these entries
 */
record Distinction(List<String> names) {
    /** Longer values, such as fingerprints, are cut where they name something. */
    private static final int LONGEST = 40;

    static Distinction among(Collection<Map<String, String>> descriptions) {
        Set<String> all = new LinkedHashSet<>();
        descriptions.forEach(description -> all.addAll(description.keySet()));
        return new Distinction(all.stream()
                .filter(name -> descriptions.stream()
                                .map(description -> description.getOrDefault(name, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList());
    }

    /** One of the descriptions in words: {@code "tau 0.1, latent 64"}; empty if all are alike. */
    String label(Map<String, String> description) {
        return names.stream().map(name -> label(name, description.get(name))).collect(Collectors.joining(", "));
    }

    private static String label(String name, String value) {
        if (value == null || value.isEmpty()) {
            return "no " + name;
        }
        return name + " " + (value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value);
    }

    /** Descriptions that are alike in everything, each once. */
    static Set<Map<String, String>> distinct(Collection<Map<String, String>> descriptions) {
        return new LinkedHashSet<>(descriptions);
    }
}
