package dev.clap4j.evaluation.attack;

import dev.clap4j.Progress;
import dev.clap4j.internal.run.Steps;

/** Reports the gradients of one attack as progress, including those an early stop saves. */
final class Countdown implements Progress {
    private final Progress progress;
    private final long gradients;
    private long left;

    /**
     * Starts counting.
     *
     * @param gradients the maximum number of gradients
     */
    Countdown(Steps steps, long gradients) {
        this.progress = steps.inside();
        this.gradients = gradients;
        this.left = gradients;
    }

    /** Begins the steps of an attack. */
    Steps begin(String attack) {
        return Steps.begin(this, attack, gradients);
    }

    @Override
    public void advance(long steps) {
        long counted = Math.min(left, steps);
        left -= counted;
        progress.advance(counted);
    }

    /** Marks the attack as finished. */
    void finish() {
        progress.advance(left);
        left = 0;
    }

    @Override
    public boolean stopRequested() {
        return progress.stopRequested();
    }
}
