package dev.clap4j.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --key-variable}: the environment variable with a server's key. */
final class KeyOption {
    static final String NAME = "--key-variable";

    private static final String USUAL = "OPENAI_API_KEY";

    @Option(
            names = NAME,
            paramLabel = "NAME",
            description = "The environment variable with the server's key (default: " + USUAL + ", if there is one).")
    private String variable;

    @Option(
            names = {"--api-key", "--key", "--token"},
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "KEY",
            hidden = true)
    private String typed;

    /** The given name or key; null if there is none. */
    Object given() {
        return variable == null ? typed : variable;
    }

    /** The key in the named variable or, if none is named, in the usual one. */
    Optional<String> keyOrUsual() {
        return key(variable == null ? USUAL : variable);
    }

    /** The key in the named variable; empty if none is named. */
    Optional<String> key() {
        return key(variable);
    }

    private Optional<String> key(String name) {
        WrongUse.when(
                typed != null,
                "A key in a command line can be read by others on this machine, and stays in the shell's history; put it"
                        + " into the environment variable " + USUAL + ", or one that " + NAME + " names");
        Optional<String> key = Optional.ofNullable(name).map(System::getenv).filter(value -> !value.isBlank());
        // Not named: who takes the option wrong gives the key itself.
        WrongUse.when(
                variable != null && key.isEmpty(),
                "The environment variable of " + NAME + " is not set; the option takes the variable's name");
        return key;
    }
}
