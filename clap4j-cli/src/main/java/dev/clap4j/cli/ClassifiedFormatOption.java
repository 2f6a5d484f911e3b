package dev.clap4j.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** {@code --format} or {@code --json}: the output format of {@code clap classify}. */
final class ClassifiedFormatOption {
    @ArgGroup
    private Which which = new Which();

    /** At most one of these. */
    private static final class Which {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description =
                        "How to print the results: table (the default), json, jsonl (JSON Lines, an object for each"
                                + " image), or csv (RFC 4180).")
        private ClassifiedRows.Format format = ClassifiedRows.Format.TABLE;

        @Option(names = "--json", description = "The same as --format json.")
        private boolean json;
    }

    ClassifiedRows.Format format() {
        return which.json ? ClassifiedRows.Format.JSON : which.format;
    }
}
