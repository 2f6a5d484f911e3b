package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;
import java.util.List;

/** The rate at which a prompt is closer to its class in another style than to every other class in its own style. */
final class ContentContest {
    /**
     * Smaller differences are ties, since sums of a few hundred products of unit features have errors of about this
     * size.
     */
    private static final float TIE = 1e-6f;

    private ContentContest() {}

    /**
     * Returns the proportion of contests that each class wins; with a single class, all count as lost.
     *
     * @param styles one matrix {@code [k, D]} for each style
     * @return {@code [k]}, 0 to 1
     */
    static double[] wins(List<FeatureMatrix> styles) {
        int classes = styles.get(0).rows();
        double[] wins = new double[classes];
        double contests = (double) styles.size() * (styles.size() - 1);
        for (int own = 0; own < styles.size(); own++) {
            float[] rival = nearestRivals(styles.get(own));
            for (int other = 0; other < styles.size(); other++) {
                float[][] across = ZeroShotClassifier.of(styles.get(other), 1).scores(styles.get(own));
                for (int c = 0; c < classes && other != own; c++) {
                    wins[c] += classes > 1 && across[c][c] > rival[c] + TIE ? 1 / contests : 0;
                }
            }
        }
        return wins;
    }

    /** Returns, for each class of a style, the cosine to the nearest other class in that style. */
    private static float[] nearestRivals(FeatureMatrix style) {
        float[][] within = ZeroShotClassifier.of(style, 1).scores(style);
        float[] nearest = new float[within.length];
        for (int c = 0; c < within.length; c++) {
            within[c][c] = Float.NEGATIVE_INFINITY;
            nearest[c] = within[c][ZeroShotClassifier.argMax(within[c])];
        }
        return nearest;
    }
}
