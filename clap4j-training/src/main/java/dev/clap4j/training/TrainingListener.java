package dev.clap4j.training;

/** Follows a run. Called on the run's own thread, so it should be quick. */
public interface TrainingListener {
    /** Told after every encoded batch and every step. */
    default void progress(TrainingProgress progress) {}

    /**
     * Told after every iteration of learning styles, which comes before everything else if the prompts need them.
     *
     * @param styles styles that are learned
     * @param of styles to learn
     * @param loss of the last iteration
     */
    default void learning(int styles, int of, double loss) {}

    /**
     * Told after every check, when the run's files are written.
     *
     * @param step steps made so far
     * @param meanLoss the mean loss since the last check
     * @param improved whether that kept the head
     */
    default void checked(int step, double meanLoss, boolean improved) {}

    /** Asked after every encoded batch and every step; the run stops when the answer is yes. */
    default boolean shouldStop() {
        return false;
    }
}
