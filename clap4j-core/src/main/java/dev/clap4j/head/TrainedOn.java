package dev.clap4j.head;

/** Selects one of the two networks in the authors' files. Each file has both, one of them usually untrained. */
public enum TrainedOn {
    /** The network of CLAP, trained on text features (the authors' {@code network_beta}). */
    TEXT("network_beta."),
    /** The network of the image-augmentation baseline (the authors' {@code network_psi}). */
    IMAGES("network_psi.");

    private final String prefix;

    TrainedOn(String prefix) {
        this.prefix = prefix;
    }

    /** The prefix of the tensors' names. */
    String prefix() {
        return prefix;
    }
}
