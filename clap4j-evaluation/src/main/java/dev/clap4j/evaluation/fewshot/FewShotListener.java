package dev.clap4j.evaluation.fewshot;

import dev.clap4j.evaluation.FewShotCell;

/** Follows a run. Called on several threads, one at a time, so it should be quick. */
public interface FewShotListener {
    /**
     * Told once, before the first probe is trained.
     *
     * @param probes how many there are
     * @param known how many of them an earlier part of the run has trained
     */
    default void begin(int probes, int known) {}

    /** Told after every probe. */
    default void trained(FewShotCell cell) {}

    /** Asked before every probe; the run stops when the answer is yes. */
    default boolean shouldStop() {
        return false;
    }
}
