package dev.clap4j.internal.diffusion.scheduler;

/** Quantiles of the beta distribution with both parameters 0.6. */
final class BetaQuantile {
    private static final double SHAPE = 0.6;
    private static final int TERMS = 200;
    private static final int HALVINGS = 100;
    private static final double HALF = integral(0.5);

    private BetaQuantile() {}

    /** Returns the number below which a share of the distribution lies, from 0 to 1. */
    static double of(double share) {
        if (share > 0.5) {
            return 1 - of(1 - share);
        }
        double low = 0;
        double high = 0.5;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (integral(middle) < 2 * share * HALF) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * The incomplete beta function up to {@code x}, at most 0.5, by its power series (Abramowitz and Stegun, 26.5.4 and
     * 15.1.1), which then gains a bit a term.
     */
    private static double integral(double x) {
        double sum = 0;
        double power = Math.pow(x, SHAPE);
        for (int n = 0; n < TERMS; n++) {
            sum += power / (SHAPE + n);
            power *= x * (n + 1 - SHAPE) / (n + 1);
        }
        return sum;
    }
}
