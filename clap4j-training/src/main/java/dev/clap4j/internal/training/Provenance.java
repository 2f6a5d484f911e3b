package dev.clap4j.internal.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.blas.BlasLibraries;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.training.HeadOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The provenance of a run, as stored in {@code run.json}. */
final class Provenance {
    private static final JsonMapper JSON = new JsonMapper();

    private Provenance() {}

    /**
     * Creates the provenance of a run.
     *
     * @param plan the plan's settings beyond the options
     * @param samples the kind of samples, {@code "prompts"} or {@code "images"}
     * @param all a text that identifies each sample
     */
    static ObjectNode of(
            HeadOptions options,
            Backbone backbone,
            Map<String, String> plan,
            String samples,
            List<String> all,
            String command) {
        ObjectNode run = JSON.createObjectNode();
        run.put("format", "clap4j.run");
        run.put("command", command);
        run.put("objective", options.objective().name());
        run.set("options", options(options, plan));
        run.putObject("model")
                .put("name", backbone.name())
                .put("fingerprint", backbone.fingerprint())
                .put("engine", backbone.engine())
                .put("embed-dim", options.network().inDim());
        run.putObject(samples).put("count", all.size()).put("fingerprint", Digests.of(String.join("\n", all)));
        run.set("versions", JSON.valueToTree(BlasLibraries.versions()));
        return run;
    }

    /** Returns a summary of the samples in a provenance record, such as {@code "36960 prompts 0f3a…"}. */
    static String samples(ObjectNode run) {
        return Stream.of("prompts", "images")
                .filter(run::has)
                .map(kind -> run.path(kind).path("count").asText() + " " + kind + " "
                        + run.path(kind).path("fingerprint").asText())
                .collect(Collectors.joining(", "));
    }

    private static JsonNode options(HeadOptions options, Map<String, String> plan) {
        ObjectNode node = JSON.createObjectNode();
        node.put("objective", options.objective().name());
        node.set("classes", JSON.valueToTree(options.classes()));
        node.put("seed", String.valueOf(options.seed()));
        options.describe().forEach(node::put);
        plan.forEach(node::put);
        return node;
    }
}
