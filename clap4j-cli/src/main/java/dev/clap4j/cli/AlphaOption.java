package dev.clap4j.cli;

import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaChoice;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --alpha}: the weight of a head. */
final class AlphaOption {
    @Option(
            names = "--alpha",
            paramLabel = "A|auto",
            description = "The value of alpha: a number, several with commas where a command takes them, or auto:"
                    + " chosen from the prompts and the unlabelled images (default: the head's own).")
    private String alpha;

    /**
     * Returns the choice, if one is given.
     *
     * @param withHead whether a head is given
     * @throws ParameterException if there is no head to apply it to, or it is not well-formed
     */
    Optional<AlphaChoice> given(CommandLine command, boolean withHead) {
        if (alpha != null && !withHead) {
            throw new ParameterException(command, "--alpha applies to a head; give one with --head");
        }
        return Optional.ofNullable(alpha).map(text -> OptionValues.of(command, () -> AlphaChoice.parse(text)));
    }

    /** Returns the choice, by default the head's own alpha; empty without a head. */
    Optional<AlphaChoice> resolve(CommandLine command, Optional<Head> head) {
        Optional<AlphaChoice> given = given(command, head.isPresent());
        return head.map(loaded ->
                given.orElseGet(() -> new AlphaChoice(List.of(loaded.info().alpha()))));
    }
}
