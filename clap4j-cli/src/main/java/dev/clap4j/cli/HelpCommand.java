package dev.clap4j.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code clap help}: the help of the program, of a command, or of a command's command. */
@Command(
        name = "help",
        description = "Show the help of a command.",
        helpCommand = true,
        mixinStandardHelpOptions = true)
final class HelpCommand implements Runnable {
    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, such as train or head inspect.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine command = spec.commandLine().getParent();
        for (String word : words) {
            CommandLine inner = command.getSubcommands().get(word);
            if (inner == null) {
                throw new UnmatchedArgumentException(command, List.of(word));
            }
            command = inner;
        }
        command.usage(spec.commandLine().getOut());
    }
}
