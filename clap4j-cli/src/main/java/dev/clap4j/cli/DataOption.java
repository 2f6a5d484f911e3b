package dev.clap4j.cli;

import dev.clap4j.dataset.Dataset;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data}, {@code --limit} and {@code --domain}: labelled images. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The images: <domain>/<class>/<image>, or <class>/<image> for a single domain.")
    private Path data;

    @Option(names = "--limit", paramLabel = "N", description = "At most N images of each class in each domain.")
    private Integer limit;

    @Option(names = "--domain", paramLabel = "NAME", description = "Only this domain (default: each of them).")
    private String domain;

    /** Reads the data set; a limit's images are drawn from the seed. */
    Dataset read(long seed, UnreadableOption unreadable, PrintWriter err) {
        WrongUse.when(data == null, "Name the images with --data.");
        Dataset all = unreadable.readable(read(data, err), err);
        Dataset limited = limit == null ? all : all.limit(limit, seed);
        return domain == null ? limited : limited.onlyDomain(domain);
    }

    static Dataset read(Path folder, PrintWriter err) {
        try (Warnings warnings = new Warnings(err)) {
            return Dataset.read(folder, warnings);
        }
    }
}
