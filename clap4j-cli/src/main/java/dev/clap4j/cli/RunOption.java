package dev.clap4j.cli;

import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A run's folder, and what to do with a run that is already there. */
final class RunOption implements Interruptible {
    private static final String OUT = "--out";

    /** The parts of commands whose steps are kept one by one; of others nothing is counted. */
    private static final Map<String, String> STEPWISE = Map.of("train", "training", "pretrain", "pre-training");

    @Option(names = OUT, required = true, paramLabel = "DIR", description = "The run's folder.")
    private Path out;

    @ArgGroup
    private Start start;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

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

    boolean isKept() {
        return out != null;
    }

    @Override
    public boolean isBegun() {
        return isKept() && Files.exists(RunFolder.provenance(out));
    }

    @Override
    public String kept() {
        return isBegun() ? "what is done is safe in " + out : "nothing is begun in " + out;
    }

    @Override
    public String kept(StoppedException stopped) {
        return stopped.part().equals(STEPWISE.get(command.name()))
                ? String.format("%d of %d steps are safe in %s", stopped.done(), stopped.steps(), out)
                : kept();
    }

    Path folder() {
        return out;
    }

    RunStart start() {
        return start == null ? RunStart.NEW : start.kind();
    }
}
