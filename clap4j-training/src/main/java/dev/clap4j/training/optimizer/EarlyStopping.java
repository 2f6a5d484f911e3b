package dev.clap4j.training.optimizer;

/**
 * Watches the loss from check to check, as the authors' code does: a check that improves on the best by enough is worth
 * keeping; too many in a row that do not, and it is time to stop.
 *
 * @param patience how many checks in a row may fail to improve
 * @param minImprovement by how much the loss must fall below the best to count
 * @param best the lowest loss that counted; positive infinity before the first check
 * @param failures checks since then
 */
public record EarlyStopping(int patience, double minImprovement, double best, int failures) {
    /** Before the first check. */
    public static EarlyStopping start(int patience, double minImprovement) {
        return new EarlyStopping(patience, minImprovement, Double.POSITIVE_INFINITY, 0);
    }

    /** After one more check; the first one always improves. */
    public EarlyStopping check(double loss) {
        boolean improved = -loss >= -best + minImprovement;
        return improved
                ? new EarlyStopping(patience, minImprovement, loss, 0)
                : new EarlyStopping(patience, minImprovement, best, failures + 1);
    }

    /** Whether the last check improved. */
    public boolean improved() {
        return failures == 0;
    }

    /** Whether patience has run out. */
    public boolean shouldStop() {
        return failures >= patience;
    }
}
