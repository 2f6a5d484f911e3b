package dev.clap4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clap head}: what can be done with a head itself. */
@Command(
        name = "head",
        description = "Inspect heads, or apply them to features.",
        mixinStandardHelpOptions = true,
        subcommands = {HeadInspectCommand.class, HeadApplyCommand.class})
final class HeadCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? inspect or apply.");
    }
}
