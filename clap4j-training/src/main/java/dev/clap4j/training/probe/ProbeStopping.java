package dev.clap4j.training.probe;

/**
 * When a probe stops, as the authors' code has it: passes that fail to improve are counted over the whole training, not
 * in a row; an improvement does not make up for earlier failures.
 *
 * <p>Unlike {@link dev.clap4j.training.optimizer.EarlyStopping}, an improvement must exceed the least one, not reach it.
 *
 * @param best the lowest mean loss that counted; positive infinity before the first pass
 * @param failures passes so far that did not improve
 * @param improved whether the last pass did
 */
public record ProbeStopping(double best, int failures, boolean improved) {
    /** Before the first pass. */
    public static final ProbeStopping START = new ProbeStopping(Double.POSITIVE_INFINITY, 0, false);

    /** After one more pass. */
    public ProbeStopping check(double loss, double minImprovement) {
        return loss < best - minImprovement
                ? new ProbeStopping(loss, failures, true)
                : new ProbeStopping(best, failures + 1, false);
    }
}
