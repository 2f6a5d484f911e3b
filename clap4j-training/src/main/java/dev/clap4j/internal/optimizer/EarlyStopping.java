package dev.clap4j.internal.optimizer;

/**
 * Early stopping on the training loss, as in the authors' code: a check that improves sufficiently on the best loss is
 * worth saving; after too many consecutive checks that do not, training stops.
 *
 * @param patience the number of consecutive checks that may fail to improve
 * @param minImprovement by how much the loss must fall below the best to count as an improvement
 * @param best the best loss so far; positive infinity before the first check
 * @param failures the number of checks since the last improvement
 */
public record EarlyStopping(int patience, double minImprovement, double best, int failures) {
    /** Returns the state before the first check. */
    public static EarlyStopping start(int patience, double minImprovement) {
        return new EarlyStopping(patience, minImprovement, Double.POSITIVE_INFINITY, 0);
    }

    /** Returns the state after another check; the first one always improves. */
    public EarlyStopping check(double loss) {
        boolean improved = -loss >= -best + minImprovement;
        return improved
                ? new EarlyStopping(patience, minImprovement, loss, 0)
                : new EarlyStopping(patience, minImprovement, best, failures + 1);
    }

    /** Returns whether the last check improved. */
    public boolean improved() {
        return failures == 0;
    }

    /** Returns whether to stop. */
    public boolean shouldStop() {
        return failures >= patience;
    }
}
