package dev.clap4j.evaluation.attack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.attack.Attack;
import dev.clap4j.clip.ClipImageModel;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.evaluation.Dataset;
import dev.clap4j.image.ImageFiles;
import dev.clap4j.io.Digests;
import dev.clap4j.io.TensorData;
import dev.clap4j.run.Versions;
import dev.clap4j.training.Backbone;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run is made from, as {@code run.json} has it. */
final class AttackProvenance {
    /** The parts that a resumed run shares with the one it resumes. */
    static final List<String> FIXED = List.of("options", "model", "methods", "data");

    private static final JsonMapper JSON = new JsonMapper();

    private AttackProvenance() {}

    static ObjectNode of(
            AttackOptions options, ClipModel clip, List<AttackMethod> methods, Dataset attacked, String command) {
        ObjectNode run = JSON.createObjectNode();
        run.put("format", "clap4j.run");
        run.put("command", command);
        run.putObject("options")
                .put("attacks", options.attacks().stream().map(Attack::name).collect(Collectors.joining(",")))
                .put("epsilon", options.epsilon())
                .put("threat", options.threat().name().toLowerCase(Locale.ROOT))
                .put("classifier", options.classifier().name().toLowerCase(Locale.ROOT))
                .put("limit", options.limit() == AttackOptions.ALL ? "all" : String.valueOf(options.limit()))
                .put("seed", String.valueOf(options.seed()));
        Backbone backbone = Backbone.of(clip);
        run.putObject("model")
                .put("name", backbone.name())
                .put("fingerprint", backbone.fingerprint())
                .put("engine", backbone.engine())
                .put(
                        "preprocessing",
                        ClipImageModel.preprocessing(clip.checkpoint()).toString());
        ObjectNode heads = run.putObject("methods");
        methods.forEach(method -> heads.put(method.name(), head(method)));
        run.putObject("data").put("images", attacked.size()).put("fingerprint", Digests.of(names(attacked)));
        run.set("versions", JSON.valueToTree(Versions.of()));
        return run;
    }

    /** Identifies a head's weights. */
    private static String head(AttackMethod method) {
        if (method.head() == null) {
            return "no head";
        }
        return Digests.of(method.head().weights().names().stream()
                .sorted()
                .map(name -> digest(method.head().weights().get(name)))
                .collect(Collectors.joining(" ")));
    }

    private static String digest(TensorData tensor) {
        byte[] bytes = new byte[tensor.bytes().remaining()];
        tensor.bytes().get(bytes);
        return Digests.of(bytes);
    }

    private static String names(Dataset attacked) {
        return attacked.files().stream()
                .map(file -> ImageFiles.id(attacked.root(), file))
                .collect(Collectors.joining("\n"));
    }
}
