package dev.clap4j.experiment;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.DatasetFingerprint;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.blas.BlasLibraries;
import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The record of a run, as written to {@code run.json}: what was run on which model and data, with which heads, options and
 * versions.
 */
public final class RunDescription {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode run = JSON.createObjectNode();

    /**
     * Begins a record.
     *
     * @param kind the measurement or recipe, such as {@code zeroshot} or {@code quickstart}
     * @param command the command line, quoted for a shell; may be empty
     * @param options the options, by the names of the command line
     */
    public static RunDescription of(String kind, String command, Map<String, String> options) {
        RunDescription description = new RunDescription();
        Map<String, String> versions = new LinkedHashMap<>(BlasLibraries.versions());
        versions.putAll(OrtEngine.versions());
        return description
                .put("format", "clap4j.run")
                .put("command", command)
                .put("protocol", kind)
                .put("options", options)
                .put("heads", Map.of())
                .put("models", Map.of())
                .put("data", Map.of())
                .put("versions", versions);
    }

    /** Adds a head under the name of its method. */
    public RunDescription head(String method, Head head) {
        HeadInfo info = head.info();
        ObjectNode node = run.withObjectProperty("heads").putObject(method);
        node.put("fingerprint", head.fingerprint());
        node.put("seed", info.seed() == null ? "" : String.valueOf(info.seed()));
        ObjectNode settings = node.putObject("settings");
        if (info.objective().isEmpty()) {
            settings.put("head", head.fingerprint());
            return this;
        }
        settings.put("objective", info.objective());
        settings.put("classes", info.classes().size() + " " + Digests.of(String.join("\n", info.classes())));
        info.hyperparameters().forEach((name, value) -> {
            // These are no training settings, or are chosen again at inference.
            if (!name.equals("head-step") && !name.equals("alpha")) {
                settings.put(name, value);
            }
        });
        return this;
    }

    /** Adds an option. */
    public RunDescription option(String name, String value) {
        run.withObjectProperty("options").put(name, value);
        return this;
    }

    /** Adds a model. */
    public RunDescription model(ClipModel clip) {
        return model(clip.checkpoint(), clip.engine());
    }

    /** Adds a model and the engine that runs it. */
    public RunDescription model(Checkpoint checkpoint, Engine engine) {
        ObjectNode models = run.withObjectProperty("models");
        models.putObject(name(checkpoint, models))
                .put("fingerprint", checkpoint.fingerprint())
                .put("engine", engine.name())
                .put("architecture", architecture(checkpoint.architecture()))
                .put("preprocessing", ClipImageModel.preprocessing(checkpoint).toString());
        return this;
    }

    /** Returns the name of an architecture; a few words on one without. */
    static String architecture(ClipArchitecture architecture) {
        String tower = architecture.vision().getClass().getSimpleName();
        return Architectures.nameOf(architecture)
                .orElse(tower + " of " + architecture.vision().imageSize() + " px, " + architecture.embedDim()
                        + " dimensions, " + architecture.text().vocabSize() + " tokens");
    }

    /** Returns a name that distinguishes a model from those of other fingerprints. */
    private static String name(Checkpoint checkpoint, ObjectNode models) {
        String name = Backbone.nameOf(checkpoint);
        return models.has(name) ? name + " " + checkpoint.fingerprint() : name;
    }

    /** Returns the names of the models, in the order in which they were added. */
    public List<String> models() {
        return run.withObjectProperty("models").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Adds a data set of image files. */
    public RunDescription data(String name, Dataset data) {
        return data(name, data, DatasetFingerprint.of(data));
    }

    /**
     * Adds a data set.
     *
     * @param name its name among those of the run: {@code images}, {@code seen} or {@code unseen}
     * @param fingerprint identifies the images and their order
     */
    public RunDescription data(String name, Dataset data, String fingerprint) {
        ObjectNode node = run.withObjectProperty("data").putObject(name);
        node.put("folder", data.root().toAbsolutePath().normalize().toString())
                .put("images", data.size())
                .put("fingerprint", fingerprint);
        node.set("classes", JSON.valueToTree(data.classes()));
        ObjectNode domains = node.putObject("domains");
        data.domains()
                .forEach(domain -> domains.put(domain.name(), domain.images().size()));
        node.set(
                "unreadable",
                JSON.valueToTree(data.unreadable().stream()
                        .map(image -> image.file().toString())
                        .toList()));
        return this;
    }

    private RunDescription put(String name, Object value) {
        run.set(name, JSON.valueToTree(value));
        return this;
    }

    /** Returns the record. */
    public ObjectNode json() {
        return run;
    }
}
