package dev.clap4j.head;

/** Which of the two networks in the authors' files is meant; each file has both, one of them usually untrained. */
public enum TrainedOn {
    /** The network of CLAP, trained on text features (the authors' {@code network_beta}). */
    TEXT("network_beta."),
    /** The network of the image-augmentation baseline (the authors' {@code network_psi}). */
    IMAGES("network_psi.");

    private final String prefix;

    TrainedOn(String prefix) {
        this.prefix = prefix;
    }

    /** What the tensors' names begin with. */
    String prefix() {
        return prefix;
    }
}
