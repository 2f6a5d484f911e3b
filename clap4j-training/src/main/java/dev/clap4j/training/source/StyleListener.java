package dev.clap4j.training.source;

/** Follows the learning of styles. Called on the learning thread; may end it with an exception of its own. */
@FunctionalInterface
public interface StyleListener {
    /**
     * Told after every iteration.
     *
     * @param styles styles that are learned
     * @param of styles to learn
     * @param loss of the last iteration
     */
    void progress(int styles, int of, double loss);
}
