package dev.clap4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clap iconworld}: pictures of icons in many styles. */
@Command(
        name = "iconworld",
        description = {
            "Draw pictures of everyday things in many styles.",
            "They are made from the emoji of eleven teams."
        },
        mixinStandardHelpOptions = true,
        subcommands = {IconworldBuildCommand.class, IconworldSheetCommand.class})
final class IconworldCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? build or sheet.");
    }
}
