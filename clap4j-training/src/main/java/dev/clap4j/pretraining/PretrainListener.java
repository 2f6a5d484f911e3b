package dev.clap4j.pretraining;

/** Follows a run. Called on the run's own thread, so it should be quick. */
public interface PretrainListener {
    /** Told after every step. */
    default void progress(PretrainProgress progress) {}

    /** Told after every checkpoint, when the run's files are written. */
    default void saved(PretrainProgress progress) {}

    /** Asked after every step; the run saves its state and stops when the answer is yes. */
    default boolean shouldStop() {
        return false;
    }
}
