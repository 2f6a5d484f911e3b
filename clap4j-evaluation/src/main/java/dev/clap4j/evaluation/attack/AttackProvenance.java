package dev.clap4j.evaluation.attack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.attack.Attack;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.evaluation.EvaluatedModel;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.internal.clip.ClipModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The provenance of an attack run, as written to {@code run.json}. */
final class AttackProvenance {
    private AttackProvenance() {}

    static ObjectNode of(
            AttackOptions options, ClipModel clip, List<AttackMethod> methods, Dataset attacked, String command) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("attacks", options.attacks().stream().map(Attack::name).collect(Collectors.joining(",")));
        chosen.put("epsilon", String.valueOf(options.epsilon()));
        chosen.put("threat", options.threat().name().toLowerCase(Locale.ROOT));
        chosen.put("classifier", options.classifier().name().toLowerCase(Locale.ROOT));
        chosen.put("limit", options.limit() == AttackOptions.ALL ? "all" : String.valueOf(options.limit()));
        chosen.put("seed", String.valueOf(options.seed()));
        return EvaluationProvenance.of(
                Protocol.ATTACK, chosen, AttackMethod.heads(methods), EvaluatedModel.of(clip), attacked, command);
    }
}
