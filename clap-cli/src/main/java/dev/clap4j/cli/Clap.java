package dev.clap4j.cli;

import dev.clap4j.ClapException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code clap}. */
@Command(
        name = "clap",
        description = "Makes CLIP-like models robust to style, from class names alone.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpAutoWidth = true)
public final class Clap implements Runnable {
    /** Everything was done. */
    public static final int DONE = 0;

    /** Something failed: a bad file, a model that does not fit. */
    public static final int FAILED = 1;

    /** The command line itself was wrong. */
    public static final int WRONG_USE = 2;

    private static final List<Class<?>> COMMANDS = List.of(
            QuickstartCommand.class,
            TrainCommand.class,
            PretrainCommand.class,
            EmbedCommand.class,
            ExportCommand.class,
            HeadCommand.class,
            CheckpointCommand.class,
            ClassifyCommand.class,
            PromptsCommand.class,
            ZeroshotCommand.class,
            FewshotCommand.class,
            SweepCommand.class,
            AttackCommand.class,
            TokenizeCommand.class,
            PreprocessCommand.class,
            IconworldCommand.class,
            SynthesizeCommand.class,
            TsneCommand.class,
            ReportCommand.class,
            ReproduceCommand.class,
            BenchCommand.class);

    @Spec
    private CommandSpec spec;

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(execute(out, err, arguments));
    }

    /**
     * Runs one command.
     *
     * @param out receives the result
     * @param err receives progress, warnings and errors
     * @return the exit code
     */
    public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return program(Arrays.asList(arguments)::contains)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionExceptionHandler(Clap::explain)
                .execute(arguments);
    }

    /** The program with all its commands. */
    static CommandLine program() {
        return program(name -> true);
    }

    /**
     * The program. Reading the options of all commands takes longer than many commands do, so only those are read whose
     * names stand in the command line; of the others what the list of commands says.
     */
    private static CommandLine program(Predicate<String> needed) {
        CommandLine program = new CommandLine(new Clap());
        program.addSubcommand(new CommandLine.HelpCommand());
        for (Class<?> command : COMMANDS) {
            Command about = command.getAnnotation(Command.class);
            if (needed.test(about.name())) {
                program.addSubcommand(command);
            } else {
                CommandSpec brief = CommandSpec.create();
                brief.usageMessage().description(about.description());
                program.addSubcommand(about.name(), brief);
            }
        }
        return program;
    }

    /** A user's mistake is explained in words; only a mistake of ours shows where it happened. */
    private static int explain(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
        if (error instanceof ClapException) {
            command.getErr().println("clap: " + error.getMessage());
        } else {
            command.getErr().println("clap: this should not happen, please report it:");
            error.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See the list below.");
    }
}
