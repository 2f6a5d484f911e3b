package dev.clap4j.cli;

import dev.clap4j.head.Head;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --alpha}: one value of alpha, for commands that neither compare nor choose. */
final class HeadAlphaOption {
    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "The head's alpha (default: the value saved with the head).")
    private Float alpha;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * Refuses values that no head can have, and any without a head.
     *
     * @param withHead whether a head is given
     */
    void check(boolean withHead) {
        if (alpha == null) {
            return;
        }
        if (!withHead) {
            throw new ParameterException(command.commandLine(), "--alpha applies to a head; give one with --head");
        }
        if (!Float.isFinite(alpha)) {
            throw new ParameterException(command.commandLine(), "--alpha should be a finite number, not " + alpha);
        }
    }

    /** Returns the given value, else the head's own. */
    float of(Head head) {
        return alpha == null ? head.info().alpha() : alpha;
    }
}
