package dev.clap4j.training.probe;

/**
 * The stopping rule of probes, as in the authors' code: epochs that fail to improve are counted over the whole
 * training, not consecutively; an improvement does not reset the count.
 *
 * <p>Unlike in {@link dev.clap4j.internal.optimizer.EarlyStopping}, an improvement must exceed the minimum, not just
 * reach it.
 *
 * @param best the best mean loss so far; positive infinity before the first epoch
 * @param failures the number of epochs so far that did not improve
 * @param improved whether the last epoch improved
 */
record ProbeStopping(double best, int failures, boolean improved) {
    /** The state before the first epoch. */
    static final ProbeStopping START = new ProbeStopping(Double.POSITIVE_INFINITY, 0, false);

    /** Returns the state after another epoch. */
    ProbeStopping check(double loss, double minImprovement) {
        return loss < best - minImprovement
                ? new ProbeStopping(loss, failures, true)
                : new ProbeStopping(best, failures + 1, false);
    }
}
