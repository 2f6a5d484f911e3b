package dev.clap4j.spark.job;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The way a job begins and ends. Exit codes are 0 for done, 1 for failed and 2 for wrong use, each but 0 with a sentence. */
final class JobMain {
    private JobMain() {}

    /** Runs a job, stops Spark, and ends the process if the exit code is not 0. */
    static void run(Runnable job, String... arguments) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        int code = execute(job, out, err, arguments);
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return null;
        });
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs a job and returns the exit code. */
    static int execute(Runnable job, PrintWriter out, PrintWriter err, String... arguments) {
        return line(job).setOut(out).setErr(err).execute(arguments);
    }

    /** Returns the command line of a job. */
    static CommandLine line(Runnable job) {
        CommandLine line = new CommandLine(job)
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((wrong, given) -> explain(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
        line.registerConverter(Integer.class, text -> number(text, Integer::valueOf, "a whole number"));
        line.registerConverter(Long.class, text -> number(text, Long::valueOf, "a whole number"));
        line.registerConverter(Float.class, text -> number(text, Float::valueOf, "a number"));
        line.registerConverter(Double.class, text -> number(text, Double::valueOf, "a number"));
        line.getCommandSpec().options().stream()
                .map(OptionSpec::type)
                .filter(Class::isEnum)
                .forEach(type -> registerChoices(line, type));
        return line;
    }

    private static <T> T number(String text, Function<String, T> parser, String kind) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("should be " + kind + ", not '" + text + "'");
        }
    }

    private static <T> void registerChoices(CommandLine line, Class<T> type) {
        line.registerConverter(type, text -> Stream.of(type.getEnumConstants())
                .filter(value -> value.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("should be "
                        + Stream.of(type.getEnumConstants())
                                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))
                        + ", not '" + text + "'")));
    }

    private static int explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        say(command, wrong.getMessage());
        command.getErr().println("See --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        Optional<String> words = Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof ClapException || cause instanceof AnalysisException)
                .map(Throwable::getMessage)
                .findFirst();
        if (words.isEmpty()) {
            throw failure;
        }
        say(command, words.get());
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void say(CommandLine command, String words) {
        command.getErr().println(command.getCommandName() + ": " + Names.line(words));
    }

    /** Builds a value from options alone; what is wrong with them is wrong use. */
    static <T> T checking(CommandSpec job, Supplier<T> value) {
        try {
            return value.get();
        } catch (ClapException e) {
            throw new ParameterException(job.commandLine(), e.getMessage(), e);
        }
    }

    /** Refuses options on a condition. */
    static void wrongWhen(CommandSpec job, boolean wrong, String message) {
        if (wrong) {
            throw new ParameterException(job.commandLine(), message);
        }
    }

    /** Returns the session of this process, which has the settings of {@code spark-submit}. */
    static SparkSession session(Runnable job) {
        return SparkSession.builder().appName(job.getClass().getSimpleName()).getOrCreate();
    }

    /** Returns the columns of a table, for messages. */
    static String columns(String... names) {
        return Arrays.stream(names).collect(Collectors.joining(", "));
    }
}
