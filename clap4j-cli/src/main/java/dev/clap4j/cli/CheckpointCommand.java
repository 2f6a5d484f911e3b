package dev.clap4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clap checkpoint}: what can be done with a checkpoint itself. */
@Command(
        name = "checkpoint",
        description = "Inspect CLIP checkpoints, try int8, or write untrained ones.",
        mixinStandardHelpOptions = true,
        subcommands = {CheckpointInspectCommand.class, CheckpointQuantizeCommand.class, CheckpointRandomCommand.class})
final class CheckpointCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? inspect, quantize or random.");
    }
}
