package dev.clap4j.cli;

import dev.clap4j.StoppedException;
import dev.clap4j.internal.blas.BlasLibraries;
import dev.clap4j.internal.image.UnreadableImageException;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.onnx.OrtLibraries;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program {@code clap}. */
@Command(
        name = "clap",
        description = "Makes CLIP-like models robust to style, from class names alone.",
        mixinStandardHelpOptions = true,
        versionProvider = Clap.Version.class,
        usageHelpAutoWidth = true)
public final class Clap implements Runnable {
    /** Success. */
    public static final int DONE = 0;

    /** Failure: a bad file, or a model that does not match. */
    public static final int FAILED = 1;

    /** Wrong usage. */
    public static final int WRONG_USE = 2;

    @Spec
    private CommandSpec spec;

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Clap.class.getPackage().getImplementationVersion();
            return new String[] {"clap4j " + (version == null ? "development" : version)};
        }
    }

    /** The reader closed the pipe: the shell's code for SIGPIPE. */
    static final int NOBODY_READS = 141;

    /** Kept, since a logger that nobody holds forgets its level. */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        // It has advice on options of Java, for those who write programs.
        LUCENE.setLevel(Level.SEVERE);
        Terminal terminal = Terminal.ofProcess();
        // Logs and output of libraries take the same path as ours.
        System.setErr(new PrintableWriter(terminal.errors()).stream());
        StopSignal.install(terminal);
        PrintWriter out = new PrintWriter(terminal.results(new FileOutputStream(FileDescriptor.out)), true);
        PrintWriter err = new PrintWriter(terminal.errors(), true);
        OrtLibraries.keepIn(CacheFolder.ofUser());
        BlasLibraries.keepIn(CacheFolder.ofUser());
        System.exit(StopSignal.done(execute(out, err, arguments)));
    }

    /**
     * Runs one command.
     *
     * @param out receives the result; what could steer a terminal is made visible
     * @param err receives progress, warnings and errors, likewise
     * @return the exit code
     */
    public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return execute(out, err, (error, command, parsed) -> explain(error, command), arguments);
    }

    /** Runs one command, whose failures are explained in some way. */
    static int execute(PrintWriter out, PrintWriter err, IExecutionExceptionHandler explanation, String... arguments) {
        PrintWriter printable = new PrintWriter(new PrintableWriter(err), true);
        Optional<String> unreadable = WrongUse.unreadable(arguments, System.getProperty("sun.jnu.encoding"));
        if (unreadable.isPresent()) {
            printable.println("clap: " + Names.line(unreadable.get()));
            return WRONG_USE;
        }
        try {
            CommandLine program = program(Arrays.asList(arguments)::contains)
                    .setOut(out)
                    .setErr(printable)
                    .setAbbreviatedOptionsAllowed(false)
                    .setExpandAtFiles(false)
                    .setParameterExceptionHandler((error, words) -> WrongUse.explain(error))
                    .setColorScheme(CommandLine.Help.defaultColorScheme(
                            Screen.ofProcess().ansi()))
                    .setExecutionExceptionHandler(explanation);
            Converters.register(program);
            return program.setExecutionStrategy(parsed -> run(program, parsed)).execute(arguments);
        } catch (VirtualMachineError | LinkageError e) {
            return explain(e, Optional.empty(), printable);
        }
    }

    private static int run(CommandLine program, ParseResult parsed) {
        List<CommandLine> commands = parsed.asCommandLineList();
        CommandLine last = commands.get(commands.size() - 1);
        try {
            // Help is printed as it is, with its colours; all else may quote anything.
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            program.setOut(new PrintWriter(new PrintableWriter(program.getOut()), true));
            GivenPaths.check(last.getCommandSpec());
            StopSignal.begun(last.getCommandSpec());
            ProgressBar.working(Terminal.ofProcess(), last.getCommandSpec().qualifiedName());
            return new CommandLine.RunLast().execute(parsed);
        } catch (WrongUse e) {
            return explain(e, last);
        } catch (Terminal.ClosedPipe e) {
            return NOBODY_READS;
        } finally {
            Terminal.ofProcess().clear();
        }
    }

    static CommandLine program() {
        return program(name -> true);
    }

    /**
     * The program. Reading the options of all commands takes longer than many commands do, so only those are read whose
     * names stand in the command line; of the others what the list of commands says.
     */
    private static CommandLine program(Predicate<String> needed) {
        CommandLine program = new CommandLine(new Clap());
        for (CommandGroup group : CommandGroup.ALL) {
            for (CommandGroup.Entry command : group.commands()) {
                if (needed.test(command.name())) {
                    program.addSubcommand(command.create().get());
                } else {
                    CommandSpec brief = CommandSpec.create();
                    brief.usageMessage().description(command.description());
                    program.addSubcommand(command.name(), brief);
                }
            }
        }
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroup::list);
        return program;
    }

    /** Explains why a command failed, and returns the exit code. */
    static int explain(Exception error, CommandLine command) {
        if (error instanceof Terminal.ClosedPipe) {
            return NOBODY_READS;
        }
        if (error instanceof StoppedException stopped) {
            return StopSignal.stopped(command.getCommandSpec(), stopped);
        }
        if (error instanceof WrongUse wrong) {
            return WrongUse.explain(new ParameterException(command, wrong.getMessage()));
        }
        int code = explain(error, Failure.advice(error, command.getCommandSpec()), command.getErr());
        if (error instanceof UnreadableImageException
                && command.getCommandSpec().findOption(UnreadableOption.NAME) != null) {
            command.getErr().println("To go on without such images, add " + UnreadableOption.NAME);
        }
        return code;
    }

    /** Explains a user's mistake in words; only a defect prints a stack trace. */
    private static int explain(Throwable error, Optional<String> advice, PrintWriter err) {
        Optional<String> words = Failure.words(error);
        if (words.isEmpty()) {
            error.printStackTrace(err);
        }
        err.println("clap: " + words.orElse("this should not happen, please report it: " + error)
                + advice.map(todo -> "; " + todo).orElse(""));
        err.flush();
        return FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? To begin with: clap quickstart");
    }
}
