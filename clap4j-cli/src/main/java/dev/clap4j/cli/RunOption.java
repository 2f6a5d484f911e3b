package dev.clap4j.cli;

import dev.clap4j.StoppedException;
import dev.clap4j.internal.run.RunStart;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** A run's folder, and what to do with a run that is already there. */
final class RunOption {
    private static final String OUT = "--out";

    @Option(names = OUT, required = true, paramLabel = "DIR", description = "The run's folder.")
    private Path out;

    @ArgGroup
    private Start start;

    /** At most one of these. */
    private static final class Start {
        @Option(names = "--resume", description = "Go on with the run in the folder.")
        private boolean resume;

        @Option(names = "--overwrite", description = "Replace the run in the folder.")
        private boolean overwrite;

        RunStart kind() {
            return resume ? RunStart.RESUME : overwrite ? RunStart.OVERWRITE : RunStart.NEW;
        }
    }

    /** Makes {@code --out} optional for a command that may do without. */
    static void makeOptional(CommandSpec command) {
        OptionSpec required = command.findOption(OUT);
        command.remove(required);
        command.addOption(OptionSpec.builder(required).required(false).build());
    }

    /** Returns whether the run is kept in a folder. */
    boolean isKept() {
        return out != null;
    }

    /** Returns whether there is a run to resume. */
    boolean isBegun() {
        return isKept() && Files.exists(out.resolve("run.json"));
    }

    /** Returns a clause on the work kept when a run is stopped. */
    String kept() {
        return isBegun() ? "what is done is safe in " + out : "nothing is begun in " + out;
    }

    /**
     * Returns a note of what a stopped run keeps.
     *
     * @param part the part whose steps are kept one by one; of others nothing is counted
     * @param unit the name of its steps, in the plural
     */
    String kept(StoppedException stopped, String part, String unit) {
        return stopped.part().equals(part)
                ? String.format("%d of %d %s are safe in %s", stopped.done(), stopped.steps(), unit, folder())
                : kept();
    }

    Path folder() {
        return out;
    }

    RunStart start() {
        return start == null ? RunStart.NEW : start.kind();
    }
}
