package dev.clap4j.evaluation.attack;

import java.util.List;
import java.util.Set;

/**
 * A method under all attacks.
 *
 * @param method its name
 * @param alpha the strength α; null without a head
 * @param rows without attack first; behind several attacks, what withstands all of them
 */
public record MethodRobustness(String method, Float alpha, List<AttackRow> rows) {
    /** What the row is called that counts an image only if it withstands every attack. */
    public static final String ALL = "all attacks";

    /** Makes the list unmodifiable. */
    public MethodRobustness {
        rows = List.copyOf(rows);
    }

    /** The names of the attacks. */
    List<String> attacks() {
        return rows.stream().map(AttackRow::attack).toList();
    }

    /** Whether every attack has figures of just these domains. */
    boolean isOf(List<String> domains) {
        return rows.stream()
                .allMatch(row -> !row.prompts().isEmpty()
                        && row.attacked().accuracy().keySet().equals(Set.copyOf(domains)));
    }

    /** The row of an attack. */
    AttackRow row(String attack) {
        return rows.stream()
                .filter(row -> row.attack().equals(attack))
                .findFirst()
                .orElseThrow();
    }
}
