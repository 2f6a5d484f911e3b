package dev.clap4j.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.io.Digests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A head under evaluation.
 *
 * @param fingerprint identifies its weights
 * @param seed the training seed; null if unknown
 * @param settings other training settings, by name; only its fingerprint if none are known
 */
public record EvaluatedHead(String fingerprint, Long seed, Map<String, String> settings) {
    /** Metadata that is not a training setting, or that is chosen again at inference. */
    private static final Set<String> NO_SETTINGS = Set.of("head-step", "alpha");

    /** Describes a head. */
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
