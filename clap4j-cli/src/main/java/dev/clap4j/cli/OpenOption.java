package dev.clap4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --open}: show the report at once. */
final class OpenOption {
    @Option(names = "--open", description = "Open the report in a browser.")
    private boolean open;

    /** Opens the report, if requested. */
    void show(Path page, PrintWriter err) {
        if (open && !Browser.ofSystem().open(page)) {
            err.println("clap: no browser can be opened from here; open " + page.toAbsolutePath() + " in yours");
        }
    }
}
