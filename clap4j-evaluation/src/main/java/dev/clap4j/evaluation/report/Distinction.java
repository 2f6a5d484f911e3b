package dev.clap4j.evaluation.report;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The entries in which several descriptions differ.
 *
 * @param names the names of these entries
 */
record Distinction(List<String> names) {
    /** The maximum length of values in names; longer ones are truncated. */
    private static final int LONGEST = 40;

    /** Matches fingerprints, which are shortened to eight digits. */
    private static final Pattern FINGERPRINT = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{8,}\\b");

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

    /** Returns a label for one of the descriptions: {@code "tau 0.1, latent 64"}; empty if all are equal. */
    String label(Map<String, String> description) {
        return names.stream().map(name -> label(name, description.get(name))).collect(Collectors.joining(", "));
    }

    private static String label(String name, String value) {
        if (value == null || value.isEmpty()) {
            return "no " + name;
        }
        String brief = FINGERPRINT.matcher(value).replaceAll("$1");
        return name + " " + (brief.length() > LONGEST ? brief.substring(0, LONGEST) + "…" : brief);
    }
}
