package dev.clap4j.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IHelpCommandInitializable2;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code clap help}: the help of the program, of a command, or of a command's command. */
@Command(
        name = "help",
        description = "Show the help of a command.",
        helpCommand = true,
        mixinStandardHelpOptions = true)
final class HelpCommand implements Runnable, IHelpCommandInitializable2 {
    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, such as train or head inspect.")
    private List<String> words = List.of();

    private CommandLine self;
    private ColorScheme colours;
    private PrintWriter out;

    @Override
    public void init(CommandLine helpCommand, ColorScheme scheme, PrintWriter output, PrintWriter errors) {
        self = helpCommand;
        colours = scheme;
        out = output;
    }

    @Override
    public void run() {
        CommandLine command = self.getParent();
        for (String word : words) {
            CommandLine inner = command.getSubcommands().get(word);
            if (inner == null) {
                throw new UnmatchedArgumentException(command, List.of(word));
            }
            command = inner;
        }
        command.usage(out, colours);
    }
}
