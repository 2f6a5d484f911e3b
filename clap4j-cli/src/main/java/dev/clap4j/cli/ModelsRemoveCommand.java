package dev.clap4j.cli;

import dev.clap4j.internal.hub.DownloadedModel;
import dev.clap4j.internal.hub.DownloadedModels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clap models remove}: deletes downloaded models. */
@Command(
        name = "remove",
        description = "Deletes models from the hub's cache, all their revisions and unfinished downloads.",
        mixinStandardHelpOptions = true)
final class ModelsRemoveCommand implements Runnable {
    @Parameters(paramLabel = "NAME", arity = "1..*", description = "The model's name: OWNER/NAME, or ARCHITECTURE:TAG.")
    private List<String> names;

    @Mixin
    private Output output;

    @Override
    public void run() {
        DownloadedModels cache = new DownloadedModels();
        List<DownloadedModel> removed = new ArrayList<>();
        names.forEach(name -> removed.add(cache.remove(name)));
        output.print(
                removed,
                removed.stream()
                        .map(model -> "Removed " + model.name() + ", " + model.size())
                        .collect(Collectors.joining(System.lineSeparator())));
    }
}
