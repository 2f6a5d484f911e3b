package dev.clap4j.internal.hub;

/**
 * Weights that open_clip publishes as {@code ARCHITECTURE:TAG}.
 *
 * @param architecture the name of the architecture
 * @param tag the name of the weights
 * @param repository the repository that has them
 * @param weights the name of the weights file; empty for the usual ones
 * @param preprocessing the name of the preprocessing
 * @param quickGelu whether the weights were trained with the fast approximation of GELU
 */
record PublishedTag(
        String architecture, String tag, String repository, String weights, String preprocessing, boolean quickGelu) {
    @Override
    public String toString() {
        return architecture + ":" + tag;
    }
}
