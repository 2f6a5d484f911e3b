package dev.clap4j.cli;

import dev.clap4j.head.TrainedOn;
import picocli.CommandLine.Option;

/** {@code --trained-on}: the network chosen in the authors' files. */
final class TrainedOnOption {
    @Option(
            names = "--trained-on",
            paramLabel = "text|images",
            defaultValue = "text",
            description = "The network to take from one of the authors' files: network_beta, trained on text, or"
                    + " network_psi, trained on images (default: ${DEFAULT-VALUE}).")
    private TrainedOn which;

    TrainedOn which() {
        return which;
    }
}
