package dev.clap4j.training.optimizer;

/**
 * The mean loss between two checks.
 *
 * <p>The first loss of every window is left out: the authors' code starts a new sum at that step and forgets to count
 * it. Kept, because the mean decides when to stop and so which head is published.
 */
public final class LossWindow {
    private double first;
    private double sumOfOthers;
    private int count;

    /** Takes in the loss of the next step. */
    public void add(double loss) {
        if (count == 0) {
            first = loss;
        } else {
            sumOfOthers += loss;
        }
        count++;
    }

    /** The mean of all losses but the first; the first if there is no other. */
    public double mean() {
        return count == 1 ? first : sumOfOthers / (count - 1);
    }
}
