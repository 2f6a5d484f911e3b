package dev.clap4j.pretraining;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.internal.torch.TorchLibraries;

/** The provenance of a run, as written to {@code run.json}. */
final class PretrainProvenance {
    private static final JsonMapper JSON = new JsonMapper();

    private PretrainProvenance() {}

    static ObjectNode of(
            PretrainOptions options, CaptionedImages source, CaptionVocabulary vocabulary, String command) {
        ObjectNode run = JSON.createObjectNode();
        run.put("format", "clap4j.run");
        run.put("command", command);
        run.put("objective", "clip");
        run.set("options", JSON.valueToTree(options.describe()));
        run.set("data", JSON.valueToTree(source.describe()));
        run.set("tokenizer", JSON.valueToTree(vocabulary.describe()));
        run.set("versions", JSON.valueToTree(TorchLibraries.versions()));
        return run;
    }
}
