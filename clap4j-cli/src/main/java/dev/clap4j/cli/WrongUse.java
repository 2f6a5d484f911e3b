package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.NearestName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Options and arguments that are impossible, each or together; and how any wrong use of a command is explained. */
final class WrongUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Java's replacement for letters that the locale's encoding lacks. */
    private static final String UNREADABLE = "\uFFFD";

    WrongUse(String message) {
        super(message);
    }

    /** Refuses the command line on a condition. */
    static void when(boolean wrong, String message) {
        if (wrong) {
            throw new WrongUse(message);
        }
    }

    /**
     * Builds a value from options.
     *
     * @param values looks at nothing but the command line
     * @throws WrongUse if they are impossible
     */
    static <T> T checking(Supplier<T> values) {
        try {
            return values.get();
        } catch (ClapException e) {
            throw new WrongUse(e.getMessage());
        }
    }

    /** Checks options, likewise. */
    static void checking(Runnable check) {
        checking(() -> {
            check.run();
            return null;
        });
    }

    /**
     * The reason not to use a command line, if there is one: its texts and names would be others than were typed.
     *
     * @param encoding in which Java reads arguments
     */
    static Optional<String> unreadable(String[] arguments, String encoding) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.contains(UNREADABLE))
                .findFirst()
                .map(argument -> "The argument \"" + argument + "\" is not in " + encoding
                        + ", the encoding of this locale. "
                        + (encoding.equalsIgnoreCase("UTF-8")
                                ? "Type it in UTF-8, or put texts into a file."
                                : "Set the environment variable LC_ALL to C.UTF-8, or start clap4j by the script clap,"
                                        + " which does that."));
    }

    /** Prints the error, a suggestion, and a pointer to the help; returns the exit code. */
    static int explain(ParameterException error) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        Optional<String> unknown = unknownOption(error, command);
        err.println("clap: "
                + Names.line(
                        unknown.map(option -> "Unknown option: " + option).orElseGet(() -> words(error, command))));
        unknown.map(option -> NearestName.of(option, options(command)))
                .orElseGet(() -> similar(error, command))
                .ifPresent(name -> err.println("Did you mean " + name + "?"));
        err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return Clap.WRONG_USE;
    }

    /**
     * Returns the option that the command does not have. It is looked for when a required option is missing, too, since
     * the one may be the other, mistyped.
     */
    private static Optional<String> unknownOption(ParameterException error, CommandLine command) {
        Stream<String> candidates = Stream.empty();
        if (error instanceof UnmatchedArgumentException unmatched) {
            candidates = unmatched.getUnmatched().stream().limit(1);
        } else if (error instanceof MissingParameterException) {
            candidates = command.getUnmatchedArguments().stream();
        }
        return candidates
                .filter(argument -> argument.length() > 1 && argument.startsWith("-"))
                .map(argument -> argument.replaceFirst("(?s)=.*", ""))
                .findFirst();
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .toList();
    }

    /** Returns a command or value like one that there is not. */
    private static Optional<String> similar(ParameterException error, CommandLine command) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return NearestName.of(
                    unmatched.getUnmatched().get(0), command.getSubcommands().keySet());
        }
        ArgSpec option = error.getArgSpec();
        if (option == null || error.getValue() == null) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>(Converters.values(option));
        if (values.isEmpty() && option.completionCandidates() != null) {
            option.completionCandidates().forEach(values::add);
        }
        return NearestName.of(error.getValue(), values);
    }

    private static String words(ParameterException error, CommandLine command) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return command.getSubcommands().isEmpty()
                    ? "Unexpected argument: " + first
                    : "There is no command " + first;
        }
        return error.getMessage().replaceFirst("^Error: ", "");
    }
}
