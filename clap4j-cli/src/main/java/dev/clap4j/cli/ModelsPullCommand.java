package dev.clap4j.cli;

import dev.clap4j.internal.hub.NamedModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clap models pull}: downloads models. */
@Command(
        name = "pull",
        description = {
            "Downloads models, or brings them up to date, and prints their folders.",
            "Only files that a model is loaded from are downloaded, into the cache that Python's huggingface_hub uses too;"
                    + " its variables HF_HUB_CACHE, HF_HOME, HF_ENDPOINT and HF_TOKEN are respected."
        },
        mixinStandardHelpOptions = true)
final class ModelsPullCommand implements Runnable, Interruptible {
    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "The model's name: OWNER/NAME[@REVISION] on the hub, or ARCHITECTURE:TAG in open_clip.")
    private List<String> names;

    @Mixin
    private Output output;

    @Override
    public void run() {
        NamedModels models = new NamedModels();
        for (String name : names) {
            Path folder = NamedModel.fetched(name, output.err(), progress -> models.pull(name, progress));
            if (output.isJson()) {
                Output.printLine(output.out(), Map.of("name", name, "folder", folder.toString()));
            } else {
                output.out().println(folder);
            }
        }
    }

    @Override
    public String kept() {
        return "what has arrived is kept";
    }
}
