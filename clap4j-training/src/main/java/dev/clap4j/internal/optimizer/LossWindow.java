package dev.clap4j.internal.optimizer;

/**
 * The mean loss between two checks.
 *
 * <p>Leaves out the first loss of every window, as the authors' code does by mistake: it resets the sum at that step
 * without counting it. Kept because this mean decides when training stops, and so which head is published.
 */
public final class LossWindow {
    private double first;
    private double sumOfOthers;
    private int count;

    /** Adds the loss of the next step. */
    public void add(double loss) {
        if (count == 0) {
            first = loss;
        } else {
            sumOfOthers += loss;
        }
        count++;
    }

    /** Returns the mean of all losses but the first; the first if there is no other. */
    public double mean() {
        return count == 1 ? first : sumOfOthers / (count - 1);
    }
}
