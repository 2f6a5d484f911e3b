package dev.clap4j.evaluation;

/**
 * What one linear probe reaches. Percentages.
 *
 * @param method whose features it was trained on
 * @param alpha the strength α; null without a head
 * @param shots labelled images of each class
 * @param seed of their choice
 * @param domain where it was trained
 * @param within on the whole of that domain, the labelled images included, as published
 * @param others on the same domain without the labelled images; null if it has no others
 * @param across the mean over the other domains; null if there are none
 * @param l2 the strength λ of the regularisation that logistic regression chose; null with another probe
 */
public record FewShotCell(
        String method,
        Float alpha,
        int shots,
        long seed,
        String domain,
        double within,
        Double others,
        Double across,
        Double l2) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a percentage is none, or there are no shots
     */
    public FewShotCell {
        Metrics.requirePercentage(within);
        Metrics.requirePercentage(others);
        Metrics.requirePercentage(across);
        if (shots < 1) {
            throw new IllegalArgumentException(shots + " shots where 1 or more are expected");
        }
    }

    /** Whether this is the probe of a method on some labelled images of a domain. */
    public boolean isOf(String otherMethod, int otherShots, long otherSeed, String otherDomain) {
        return method.equals(otherMethod) && shots == otherShots && seed == otherSeed && domain.equals(otherDomain);
    }

    /** The same under another number of its draw. */
    public FewShotCell withSeed(long other) {
        return new FewShotCell(method, alpha, shots, other, domain, within, others, across, l2);
    }
}
