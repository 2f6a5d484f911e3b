package dev.clap4j.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.io.Digests;
import dev.clap4j.run.Versions;
import java.util.List;

/** What a run is made from, as {@code run.json} has it. */
final class Provenance {
    private static final JsonMapper JSON = new JsonMapper();

    private Provenance() {}

    static ObjectNode of(ClapOptions options, Backbone backbone, TrainingPlan plan, String command) {
        List<String> prompts = plan.prompts();
        ObjectNode run = JSON.createObjectNode();
        run.put("format", "clap4j.run");
        run.put("command", command);
        run.put("objective", "clap");
        run.set("options", options(options).put("prompts", plan.source()));
        run.putObject("model")
                .put("name", backbone.name())
                .put("fingerprint", backbone.fingerprint())
                .put("engine", backbone.engine())
                .put("embed-dim", options.network().inDim());
        run.putObject("prompts")
                .put("count", prompts.size())
                .put("fingerprint", Digests.of(String.join("\n", prompts)));
        run.set("versions", JSON.valueToTree(Versions.of()));
        return run;
    }

    private static ObjectNode options(ClapOptions options) {
        ObjectNode node = JSON.createObjectNode();
        node.set("classes", JSON.valueToTree(options.classes()));
        node.put("seed", String.valueOf(options.seed()));
        OptionNames.describe(options).forEach(node::put);
        return node;
    }
}
