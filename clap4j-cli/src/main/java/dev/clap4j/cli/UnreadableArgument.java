package dev.clap4j.cli;

import java.util.Arrays;
import java.util.Optional;

/** Arguments that Java could not read, because they are not in the encoding of the locale. */
final class UnreadableArgument {
    private static final String REPLACEMENT = "\uFFFD";

    private UnreadableArgument() {}

    /**
     * The reason not to use a command line, if there is one: its texts and names would be others than were typed.
     *
     * @param encoding in which Java reads arguments
     */
    static Optional<String> explain(String[] arguments, String encoding) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.contains(REPLACEMENT))
                .findFirst()
                .map(argument -> "The argument \"" + argument + "\" is not in " + encoding
                        + ", the encoding of this locale. "
                        + (encoding.equalsIgnoreCase("UTF-8")
                                ? "Type it in UTF-8, or put texts into a file."
                                : "Set the environment variable LC_ALL to C.UTF-8, or start clap4j by the script clap,"
                                        + " which does that."));
    }
}
