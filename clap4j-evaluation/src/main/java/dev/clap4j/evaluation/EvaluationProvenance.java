package dev.clap4j.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.DatasetFingerprint;
import dev.clap4j.internal.torch.TorchLibraries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The provenance of an evaluation, as written to {@code run.json}. */
public final class EvaluationProvenance {
    /** The parts that must match when a run is resumed. */
    public static final List<String> FIXED = List.of("options", "probe", "model", "data");

    private static final JsonMapper JSON = new JsonMapper();

    private EvaluationProvenance() {}

    /**
     * Returns the content of {@code run.json}.
     *
     * @param protocol the protocol
     * @param options the options, by the names of the command line
     * @param heads the heads by method name
     * @param command the command line, for the record
     */
    public static ObjectNode of(
            Protocol protocol,
            Map<String, String> options,
            Map<String, EvaluatedHead> heads,
            EvaluatedModel model,
            Dataset data,
            String command) {
        ObjectNode run = JSON.createObjectNode();
        run.put("format", "clap4j.run");
        run.put("command", command);
        run.put("protocol", protocol.word());
        ObjectNode chosen = run.putObject("options");
        options.forEach(chosen::put);
        chosen.put("head", heads.isEmpty() ? "none" : fingerprints(heads));
        ObjectNode described = run.putObject("heads");
        heads.forEach((method, head) -> head.describe(described.putObject(method)));
        model.describe(run.putObject("model"));
        run.putObject("data")
                .put("folder", data.root().toAbsolutePath().normalize().toString())
                .put("images", data.size())
                .put("fingerprint", DatasetFingerprint.of(data));
        ArrayNode unreadable = run.putArray("unreadable");
        data.unreadable().forEach(image -> unreadable.add(image.file().toString()));
        run.set("versions", JSON.valueToTree(TorchLibraries.versions()));
        return run;
    }

    private static String fingerprints(Map<String, EvaluatedHead> heads) {
        Map<String, String> fingerprints = new LinkedHashMap<>();
        heads.forEach((method, head) -> fingerprints.put(method, head.fingerprint()));
        return fingerprints.toString();
    }
}
