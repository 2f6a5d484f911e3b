package dev.clap4j.cli;

import dev.clap4j.ClapException;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Values of options that turn out to be impossible only when they are put together: that is wrong use, too. */
final class OptionValues {
    private OptionValues() {}

    /**
     * Builds a value from the options of a command.
     *
     * @param values looks at nothing but the command line
     * @throws ParameterException if they are impossible
     */
    static <T> T of(CommandLine command, Supplier<T> values) {
        try {
            return values.get();
        } catch (ClapException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }

    /**
     * Checks the options of a command.
     *
     * @param check looks at nothing but the command line
     * @throws ParameterException if they are impossible
     */
    static void check(CommandLine command, Runnable check) {
        of(command, () -> {
            check.run();
            return null;
        });
    }
}
