package dev.clap4j.evaluation.fewshot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.evaluation.Dataset;
import dev.clap4j.evaluation.Domain;
import dev.clap4j.evaluation.LabelledImage;
import dev.clap4j.io.Digests;
import dev.clap4j.run.Versions;
import dev.clap4j.training.Backbone;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a few-shot run is made from, as {@code run.json} has it. */
public final class FewShotProvenance {
    /** What a resumed run must share with the one it resumes. */
    static final List<String> FIXED = List.of("options", "probe", "model", "data");

    private static final JsonMapper JSON = new JsonMapper();

    private FewShotProvenance() {}

    /**
     * The content of {@code run.json}.
     *
     * @param heads the digest of the head of each method that has one, by its name
     * @param preprocessing what is done to images before the encoder
     * @param command what was typed
     */
    public static ObjectNode of(
            FewShotPlan plan,
            Dataset dataset,
            Map<String, String> heads,
            Backbone backbone,
            String preprocessing,
            String command) {
        ObjectNode run = JSON.createObjectNode();
        run.put("format", "clap4j.run");
        run.put("command", command);
        run.put("protocol", "few-shot");
        run.putObject("options")
                .put("shots", plan.shots().toString())
                .put("seeds", plan.seeds().toString())
                .put("probe", plan.recipe().name())
                .put("head", heads.isEmpty() ? "none" : heads.toString());
        run.set("probe", JSON.valueToTree(plan.recipe().describe()));
        run.putObject("model")
                .put("name", backbone.name())
                .put("fingerprint", backbone.fingerprint())
                .put("engine", backbone.engine())
                .put("preprocessing", preprocessing);
        run.putObject("data")
                .put("folder", dataset.root().toString())
                .put("images", dataset.size())
                .put("fingerprint", fingerprint(dataset));
        run.set("versions", JSON.valueToTree(Versions.of()));
        return run;
    }

    /** Identifies the images by their paths in the data set's folder and their classes. */
    private static String fingerprint(Dataset dataset) {
        StringBuilder text = new StringBuilder();
        Path root = dataset.root().toAbsolutePath();
        for (Domain domain : dataset.domains()) {
            for (LabelledImage image : domain.images()) {
                text.append(root.relativize(image.path().toAbsolutePath()))
                        .append(' ')
                        .append(dataset.classes().get(image.label()))
                        .append('\n');
            }
        }
        return Digests.of(text.toString());
    }
}
