package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.hub.CheckedFile;
import dev.clap4j.internal.hub.DownloadedModel;
import dev.clap4j.internal.hub.DownloadedModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clap models verify}: checks downloaded models. */
@Command(
        name = "verify",
        description = "Compares every file of downloaded models with the hash that the hub gave; needs no connection.",
        mixinStandardHelpOptions = true)
final class ModelsVerifyCommand implements Runnable {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "The model's name: OWNER/NAME, or ARCHITECTURE:TAG (default: all models in the cache).")
    private List<String> names = List.of();

    @Mixin
    private Output output;

    @Override
    public void run() {
        DownloadedModels cache = new DownloadedModels();
        List<String> chosen = names.isEmpty()
                ? cache.list().stream().map(DownloadedModel::name).toList()
                : names;
        Map<String, List<CheckedFile>> checked = new LinkedHashMap<>();
        Table table = Table.of("model", "file", "state");
        for (String name : chosen) {
            List<CheckedFile> files = NamedModel.showing(output.err(), progress -> cache.verify(name, progress));
            checked.put(name, files);
            files.forEach(
                    file -> table.row(name, file.name(), file.state().name().toLowerCase(Locale.ROOT)));
        }
        output.print(checked, table);
        checked.values().removeIf(files -> files.stream().noneMatch(CheckedFile::isBad));
        if (!checked.isEmpty()) {
            String bad = String.join(" ", checked.keySet());
            throw new ClapException("Damaged: " + bad + "; run \"clap models remove " + bad
                    + "\" and \"clap models pull " + bad + "\"");
        }
    }
}
