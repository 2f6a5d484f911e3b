package dev.clap4j.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.io.Digests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A head that is evaluated.
 *
 * @param fingerprint identifies its weights
 * @param seed its training's; null if unknown
 * @param settings what else decided about its training, by name; its fingerprint alone if nothing is known
 */
public record EvaluatedHead(String fingerprint, Long seed, Map<String, String> settings) {
    /** What a head says of its training that nobody chose for it, or that is chosen anew where it is used. */
    private static final Set<String> NO_SETTINGS = Set.of("head-step", "alpha");

    /** A head. */
    public static EvaluatedHead of(Head head) {
        HeadInfo info = head.info();
        Map<String, String> settings = new LinkedHashMap<>();
        if (info.objective().isEmpty()) {
            settings.put("head", head.fingerprint());
        } else {
            settings.put("objective", info.objective());
            settings.put("classes", info.classes().size() + " " + Digests.of(String.join("\n", info.classes())));
            info.hyperparameters().forEach((name, value) -> {
                if (!NO_SETTINGS.contains(name)) {
                    settings.put(name, value);
                }
            });
        }
        return new EvaluatedHead(head.fingerprint(), info.seed(), settings);
    }

    void describe(ObjectNode node) {
        node.put("fingerprint", fingerprint).put("seed", seed == null ? "" : String.valueOf(seed));
        ObjectNode chosen = node.putObject("settings");
        settings.forEach(chosen::put);
    }
}
