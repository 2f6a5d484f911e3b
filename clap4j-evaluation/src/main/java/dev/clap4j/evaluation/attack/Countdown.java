package dev.clap4j.evaluation.attack;

import dev.clap4j.Progress;
import dev.clap4j.internal.run.Steps;

/** Counts the gradients of one attack, so that those it could save are told as well. */
final class Countdown implements Progress {
    private final Progress progress;
    private final long gradients;
    private long left;

    /**
     * Counts from now on.
     *
     * @param gradients the most that the attack needs
     */
    Countdown(Steps steps, long gradients) {
        this.progress = steps.inside();
        this.gradients = gradients;
        this.left = gradients;
    }

    /** The steps of the attack. */
    Steps begin(String attack) {
        return Steps.begin(this, attack, gradients);
    }

    @Override
    public void advance(long steps) {
        long counted = Math.min(left, steps);
        left -= counted;
        progress.advance(counted);
    }

    /** The attack is over. */
    void finish() {
        progress.advance(left);
        left = 0;
    }

    @Override
    public boolean stopRequested() {
        return progress.stopRequested();
    }
}
