package dev.clap4j.cli;

import dev.clap4j.internal.hub.DownloadedModel;
import dev.clap4j.internal.hub.DownloadedModels;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code clap models list}: the downloaded models. */
@Command(
        name = "list",
        description = "Lists the models in the hub's cache, whoever downloaded them, with their sizes on disk.",
        mixinStandardHelpOptions = true)
final class ModelsListCommand implements Runnable {
    @Mixin
    private Output output;

    @Override
    public void run() {
        DownloadedModels cache = new DownloadedModels();
        List<DownloadedModel> models = cache.list();
        Table table = Table.of("name", "revisions", "size", "weights");
        models.forEach(model -> table.row(
                model.name(),
                String.join(", ", model.revisions()),
                model.size(),
                model.complete() ? "complete" : "missing"));
        String end = System.lineSeparator();
        output.print(
                models,
                models.isEmpty()
                        ? "No models are in " + cache.folder() + "; clap models lists good ones"
                        : table + end + end + "In " + cache.folder());
    }
}
