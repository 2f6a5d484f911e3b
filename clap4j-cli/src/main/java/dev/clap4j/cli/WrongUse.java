package dev.clap4j.cli;

import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.NearestName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains wrong use of a command: the error, a suggestion, and a pointer to the help. */
final class WrongUse {
    private WrongUse() {}

    /** Prints the explanation, and returns the exit code. */
    static int explain(ParameterException error) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        Optional<String> unknown = unknownOption(error, command);
        err.println("clap: "
                + Names.line(
                        unknown.map(option -> "Unknown option: " + option).orElseGet(() -> words(error, command))));
        List<String> similar =
                unknown.map(option -> similarOptions(option, command)).orElseGet(() -> similar(error, command));
        if (!similar.isEmpty()) {
            err.println("Did you mean " + String.join(" or ", similar) + "?");
        }
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

    private static List<String> similarOptions(String unknown, CommandLine command) {
        List<String> names = command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .toList();
        return NearestName.of(unknown, names).stream().toList();
    }

    /** Returns commands or values like one that there is not. */
    private static List<String> similar(ParameterException error, CommandLine command) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return NearestName.of(
                            unmatched.getUnmatched().get(0),
                            command.getSubcommands().keySet())
                    .stream()
                    .toList();
        }
        ArgSpec option = error.getArgSpec();
        if (option == null || error.getValue() == null) {
            return List.of();
        }
        return NearestName.of(error.getValue(), values(option)).stream().toList();
    }

    private static Collection<String> values(ArgSpec option) {
        List<String> values = new ArrayList<>(EnumConverters.values(option));
        if (values.isEmpty() && option.completionCandidates() != null) {
            option.completionCandidates().forEach(values::add);
        }
        return values;
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
