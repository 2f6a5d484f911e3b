package dev.clap4j.cli;

import dev.clap4j.dataset.Dataset;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data} and {@code --limit}: labelled images. */
final class DataOption {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The images: <domain>/<class>/<image>, or <class>/<image> for a single domain.")
    private Path data;

    @Option(names = "--limit", paramLabel = "N", description = "At most N images of each class in each domain.")
    private Integer limit;

    /**
     * Reads the data set.
     *
     * @param seed from which a limit's images are drawn
     * @param unreadable the treatment of images that cannot be decoded
     * @param err receives notes of skipped files
     */
    Dataset read(long seed, UnreadableOption unreadable, PrintWriter err) {
        Dataset all = unreadable.readable(read(data, err), err);
        return limit == null ? all : all.limit(limit, seed);
    }

    /** A data set in a folder. */
    static Dataset read(Path folder, PrintWriter err) {
        try (Warnings warnings = new Warnings(err)) {
            return Dataset.read(folder, warnings);
        }
    }
}
