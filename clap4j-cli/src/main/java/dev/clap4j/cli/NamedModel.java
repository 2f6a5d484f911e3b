package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.Progress;
import dev.clap4j.internal.source.ModelPath;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Models by name, with a bar while they are downloaded. */
final class NamedModel {
    private NamedModel() {}

    /**
     * Returns the folder or file of a model.
     *
     * @param name a folder, a file, or the name of a model to download
     * @param err receives the cost of a download before it begins
     */
    static Path find(String name, PrintWriter err) {
        return fetched(name, err, progress -> ModelPath.find(name, progress));
    }

    /**
     * Fetches a model with a bar.
     *
     * @throws ClapException from the work; with the command for another machine if there is no connection
     */
    static Path fetched(String name, PrintWriter err, Function<Progress, Path> work) {
        try {
            return showing(err, work);
        } catch (ClapException e) {
            if (e.problem().equals(Optional.of(Problem.NOT_DOWNLOADED))) {
                throw new ClapException(e.getMessage() + "; the command there: clap models pull " + name, e);
            }
            throw e;
        }
    }

    /** Does work with a bar, and prints its milestones above the bar. */
    static <T> T showing(PrintWriter err, Function<Progress, T> work) {
        return showing(Terminal.ofProcess(), err, work);
    }

    /** Does work with a bar on a terminal. */
    static <T> T showing(Terminal terminal, PrintWriter err, Function<Progress, T> work) {
        try (ProgressBar bar = new ProgressBar(terminal, null) {
            @Override
            public void milestone(String text) {
                err.println("clap: " + text);
            }
        }) {
            return work.apply(bar);
        }
    }
}
