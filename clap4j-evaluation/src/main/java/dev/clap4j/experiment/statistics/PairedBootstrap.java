package dev.clap4j.experiment.statistics;

import dev.clap4j.internal.run.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The paired bootstrap of the difference between two methods (Efron and Tibshirani 1993, chapter 13):
 * images are resampled with replacement within each domain, and the interval holds the
 * middle 95 % of the resampled differences.
 *
 * <p>The interval generalises to images of the same kind. Near duplicates make it too narrow.
 */
public final class PairedBootstrap {
    /** Resamples that fix the ends of a 95 % interval to about 1/20 of its width. */
    public static final int RESAMPLES = 2000;

    /** Draws of an image that take a few seconds. */
    private static final long DRAWS = 200_000_000;

    /** Resamples that fix the ends to about 1/10 of the interval's width. */
    private static final int FEWEST_RESAMPLES = 400;

    private static final double TAIL = 0.025;

    private PairedBootstrap() {}

    /**
     * Returns each image's contribution: 1 if only the second method is correct, −1 if only the first is.
     *
     * @param first class numbers by the first method, {@code [n]}
     * @param second by the second
     * @param labels the true classes
     */
    public static double[] differences(int[] first, int[] second, int[] labels) {
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> (second[i] == labels[i] ? 1 : 0) - (first[i] == labels[i] ? 1 : 0))
                .toArray();
    }

    /**
     * Returns the 95 % interval of the difference in percentage points, averaged over domains with equal weight.
     *
     * @param differences for each domain those of its images, see {@link #differences}; means of several are fine
     * @param seed of the draws
     */
    public static Interval interval(List<double[]> differences, int resamples, long seed) {
        return intervals(differences, 1, UnaryOperator.identity(), resamples, seed)
                .get(0);
    }

    /**
     * Returns the 95 % intervals of metrics derived from percentages of images.
     *
     * @param answers for each domain {@code [images, columns]}: each image's contribution to each column, such as 1 or 0
     *     for a column that counts a method's correct predictions
     * @param figures maps the columns' percentages, averaged over the domains, to the metrics
     * @param seed of the draws
     * @return an interval for each metric
     */
    public static List<Interval> intervals(
            List<double[]> answers, int columns, UnaryOperator<double[]> figures, int resamples, long seed) {
        RandomGenerator random = new Streams(seed).get("bootstrap", 0);
        double[][] outcomes = new double[resamples][];
        for (int r = 0; r < resamples; r++) {
            double[] sums = new double[columns];
            for (double[] domain : answers) {
                addResampledMeans(domain, sums, random);
            }
            for (int column = 0; column < columns; column++) {
                sums[column] = 100 * sums[column] / answers.size();
            }
            outcomes[r] = figures.apply(sums);
        }
        return IntStream.range(0, outcomes[0].length)
                .mapToObj(figure -> middle(Arrays.stream(outcomes)
                        .mapToDouble(row -> row[figure])
                        .sorted()
                        .toArray()))
                .toList();
    }

    /** Returns the number of resamples: fewer for large image counts, to bound the run time. */
    public static int resamples(int images) {
        return (int) Math.max(FEWEST_RESAMPLES, Math.min(RESAMPLES, DRAWS / Math.max(1, images)));
    }

    private static void addResampledMeans(double[] domain, double[] sums, RandomGenerator random) {
        int columns = sums.length;
        int images = domain.length / columns;
        double[] own = new double[columns];
        for (int i = 0; i < images; i++) {
            int row = random.nextInt(images) * columns;
            for (int column = 0; column < columns; column++) {
                own[column] += domain[row + column];
            }
        }
        for (int column = 0; column < columns; column++) {
            sums[column] += own[column] / images;
        }
    }

    private static Interval middle(double[] sorted) {
        int cut = (int) (sorted.length * TAIL);
        return new Interval(sorted[cut], sorted[sorted.length - 1 - cut]);
    }
}
