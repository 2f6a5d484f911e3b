package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.AttackListener;

/** Counts the gradients of one attack, so that those it could save are told as well. */
final class Countdown implements AttackListener {
    private final AttackListener listener;
    private long left;

    Countdown(AttackListener listener, long gradients) {
        this.listener = listener;
        this.left = gradients;
    }

    @Override
    public void computed(long gradients) {
        long counted = Math.min(left, gradients);
        left -= counted;
        listener.computed(counted);
    }

    /** The attack is over. */
    void finish() {
        listener.computed(left);
        left = 0;
    }

    @Override
    public boolean shouldStop() {
        return listener.shouldStop();
    }
}
