package dev.clap4j.evaluation;

import dev.clap4j.run.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How far the difference between two methods on the same images may be chance (Efron and Tibshirani 1993, chapter 13):
 * images are drawn anew with replacement, within each domain, and the difference is taken again; the interval holds the
 * middle 95 % of the outcomes.
 *
 * <p>It tells about other images of the same kind. Images that are near copies of one another make it too narrow.
 */
public final class PairedBootstrap {
    /** Enough for the ends of a 95 % interval to be steady to about a twentieth of its width. */
    public static final int RESAMPLES = 2000;

    private static final double TAIL = 0.025;

    private PairedBootstrap() {}

    /**
     * What each image adds to the difference: 1 where only the second method is right, −1 where only the first is.
     *
     * @param first class numbers by the first method, {@code [n]}
     * @param second by the second
     * @param labels the right ones
     */
    public static double[] differences(int[] first, int[] second, int[] labels) {
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> (second[i] == labels[i] ? 1 : 0) - (first[i] == labels[i] ? 1 : 0))
                .toArray();
    }

    /**
     * The 95 % interval of the difference in percentage points, the mean over the domains, each counting the same.
     *
     * @param differences for each domain those of its images, see {@link #differences}; means of several are fine
     * @param seed of the draws
     */
    public static Interval interval(List<double[]> differences, int resamples, long seed) {
        RandomGenerator random = new Streams(seed).get("bootstrap", 0);
        double[] outcomes = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            for (double[] domain : differences) {
                sum += resampledMean(domain, random);
            }
            outcomes[r] = 100 * sum / differences.size();
        }
        Arrays.sort(outcomes);
        int cut = (int) (resamples * TAIL);
        return new Interval(outcomes[cut], outcomes[resamples - 1 - cut]);
    }

    private static double resampledMean(double[] values, RandomGenerator random) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
        }
        return sum / values.length;
    }
}
