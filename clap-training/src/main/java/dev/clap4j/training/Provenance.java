package dev.clap4j.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a run is made from, as {@code run.json} has it. */
final class Provenance {
    private static final JsonMapper JSON = new JsonMapper();

    private Provenance() {}

    static ObjectNode of(ClapOptions options, Backbone backbone, List<String> prompts, String command) {
        ObjectNode run = JSON.createObjectNode();
        run.put("format", "clap4j.run");
        run.put("command", command);
        run.put("objective", "clap");
        run.set("options", options(options));
        run.putObject("model")
                .put("name", backbone.name())
                .put("fingerprint", backbone.fingerprint())
                .put("engine", backbone.engine())
                .put("embed-dim", options.network().inDim());
        run.putObject("prompts").put("count", prompts.size()).put("fingerprint", fingerprint(prompts));
        run.set("versions", JSON.valueToTree(versions()));
        return run;
    }

    private static JsonNode options(ClapOptions options) {
        ObjectNode node = JSON.createObjectNode();
        node.set("classes", JSON.valueToTree(options.classes()));
        node.put("seed", String.valueOf(options.seed()));
        OptionNames.describe(options).forEach(node::put);
        return node;
    }

    /** The software that decides about bits. */
    static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("clap4j", version(Provenance.class));
        versions.put("libtorch", version(Tensor.class));
        versions.put("java", System.getProperty("java.version"));
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    private static String version(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static String fingerprint(List<String> prompts) {
        try {
            byte[] text = String.join("\n", prompts).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
