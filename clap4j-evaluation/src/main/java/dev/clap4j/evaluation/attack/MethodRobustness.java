package dev.clap4j.evaluation.attack;

import java.util.List;
import java.util.Set;

/**
 * A method under all attacks.
 *
 * @param method its name
 * @param alpha the value of α; null without a head
 * @param rows the clean images first; after several attacks, a row for all of them
 */
public record MethodRobustness(String method, Float alpha, List<AttackRow> rows) {
    /** The name of the row that counts an image only if it withstands every attack. */
    public static final String ALL = "all attacks";

    /** Makes the list unmodifiable. */
    public MethodRobustness {
        rows = List.copyOf(rows);
    }

    /** Returns the names of the attacks. */
    List<String> attacks() {
        return rows.stream().map(AttackRow::attack).toList();
    }

    /** Returns whether every row covers exactly these domains. */
    boolean isOf(List<String> domains) {
        return rows.stream()
                .allMatch(row -> !row.prompts().isEmpty()
                        && row.attacked().accuracy().keySet().equals(Set.copyOf(domains)));
    }

    /** Returns the row of an attack. */
    AttackRow row(String attack) {
        return rows.stream()
                .filter(row -> row.attack().equals(attack))
                .findFirst()
                .orElseThrow();
    }
}
