package dev.clap4j.evaluation;

/**
 * The accuracy of one linear probe, in percent.
 *
 * @param method the method whose features it was trained on
 * @param alpha the value of α; null without a head
 * @param shots labelled images of each class
 * @param seed the seed of their draw
 * @param domain the domain it was trained in
 * @param within on the whole of that domain, labelled images included, as in the paper
 * @param others on the same domain without the labelled images; null if it has no others
 * @param across the mean over the other domains; null if there are none
 * @param l2 the L2 penalty λ chosen by logistic regression; null for other probes
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
     * @throws IllegalArgumentException if a percentage is out of range, or there are no shots
     */
    public FewShotCell {
        Metrics.requirePercentage(within);
        Metrics.requirePercentage(others);
        Metrics.requirePercentage(across);
        if (shots < 1) {
            throw new IllegalArgumentException(shots + " shots where 1 or more are expected");
        }
    }

    /** Returns whether this is the probe of a method, number of shots, seed and domain. */
    public boolean isOf(String otherMethod, int otherShots, long otherSeed, String otherDomain) {
        return method.equals(otherMethod) && shots == otherShots && seed == otherSeed && domain.equals(otherDomain);
    }

    /** Returns a copy with another seed. */
    public FewShotCell withSeed(long other) {
        return new FewShotCell(method, alpha, shots, other, domain, within, others, across, l2);
    }
}
