package dev.clap4j.cli;

import dev.clap4j.head.Head;
import picocli.CommandLine.Option;

/** {@code --alpha}: one value of alpha, for commands that neither compare nor choose. */
final class HeadAlphaOption {
    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "The head's alpha (default: the value saved with the head).")
    private Float alpha;

    /** Refuses values that no head can have, and any without a head. */
    void check(boolean withHead) {
        WrongUse.when(alpha != null && !withHead, "--alpha applies to a head; give one with --head");
        WrongUse.when(alpha != null && !Float.isFinite(alpha), "--alpha should be a finite number, not " + alpha);
    }

    /** Returns the given value, else the head's own. */
    float of(Head head) {
        return alpha == null ? head.info().alpha() : alpha;
    }
}
