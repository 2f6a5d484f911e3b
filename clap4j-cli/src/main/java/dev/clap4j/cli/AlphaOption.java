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

    /** Returns the choice, by default the head's own α; empty without a head. */
    Optional<AlphaChoice> resolve(CommandLine command, Optional<Head> head) {
        if (head.isEmpty()) {
            if (alpha != null) {
                throw new ParameterException(command, "--alpha applies to a head; give one with --head");
            }
            return Optional.empty();
        }
        return Optional.of(
                alpha == null
                        ? new AlphaChoice(List.of(head.get().info().alpha()))
                        : OptionValues.of(command, () -> AlphaChoice.parse(alpha)));
    }
}
