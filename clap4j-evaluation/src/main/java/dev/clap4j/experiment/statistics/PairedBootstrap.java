package dev.clap4j.experiment.statistics;

import dev.clap4j.experiment.statistics.Difference.Scale;
import dev.clap4j.internal.run.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The paired bootstrap of the difference between methods (Efron and Tibshirani 1993, chapter 13): images are resampled
 * with replacement within each domain, and the interval holds the middle 95 % of the resampled differences.
 *
 * <p>The interval generalises to images of the same kind. Near duplicates make it too narrow.
 */
public final class PairedBootstrap {
    /** Resamples that fix the ends of a 95 % interval to about 1/20 of its width. */
    private static final int RESAMPLES = 2000;

    /** Draws of an image that take a few seconds. */
    private static final long DRAWS = 200_000_000;

    /** Resamples that fix the ends to about 1/10 of the interval's width. */
    private static final int FEWEST_RESAMPLES = 400;

    private static final double TAIL = 0.025;

    private PairedBootstrap() {}

    /**
     * Compares the mean of some methods with that of baselines in a measure, on the same images.
     *
     * @param answers by method, the baselines first, by condition and by domain {@code [images]}: 1 for a correct
     *     prediction, 0 for a wrong one, or a fraction if an image was classified several times
     * @param baselines the number of baselines
     * @param measure computes the measure from a method's percentages under all conditions, such as prompts, each averaged
     *     over the domains
     * @param seed of the draws
     */
    public static Difference difference(
            List<List<List<double[]>>> answers,
            int baselines,
            ToDoubleFunction<List<Double>> measure,
            Scale scale,
            long seed) {
        int conditions = answers.get(0).size();
        int columns = answers.size() * conditions;
        List<double[]> domains = domains(answers, columns);
        ToDoubleFunction<double[]> figure = percentages -> {
            double sum = 0;
            for (int method = 0; method < answers.size(); method++) {
                List<Double> own = Arrays.stream(percentages, method * conditions, (method + 1) * conditions)
                        .boxed()
                        .toList();
                sum += (method < baselines ? -1.0 / baselines : 1.0 / (answers.size() - baselines))
                        * measure.applyAsDouble(own);
            }
            return sum;
        };
        int images =
                domains.stream().mapToInt(domain -> domain.length / columns).sum();
        Interval interval = interval(domains, columns, figure, resamples(images), seed);
        return Difference.onPictures(figure.applyAsDouble(percentages(domains, columns)), interval, images, scale);
    }

    /** Returns the answers by domain, {@code [images, methods × conditions]}. */
    private static List<double[]> domains(List<List<List<double[]>>> answers, int columns) {
        List<List<double[]>> byColumn = answers.stream().flatMap(List::stream).toList();
        return IntStream.range(0, byColumn.get(0).size())
                .mapToObj(d -> {
                    double[] rows = new double[byColumn.get(0).get(d).length * columns];
                    Arrays.setAll(rows, i -> byColumn.get(i % columns).get(d)[i / columns]);
                    return rows;
                })
                .toList();
    }

    /** Returns the percentage of each column, averaged over the domains. */
    private static double[] percentages(List<double[]> domains, int columns) {
        double[] means = new double[columns];
        for (double[] domain : domains) {
            int images = domain.length / columns;
            for (int i = 0; i < domain.length; i++) {
                means[i % columns] += 100 * domain[i] / images / domains.size();
            }
        }
        return means;
    }

    /** Returns the number of resamples: fewer for large image counts, to bound the run time. */
    private static int resamples(int images) {
        return (int) Math.max(FEWEST_RESAMPLES, Math.min(RESAMPLES, DRAWS / Math.max(1, images)));
    }

    /**
     * Returns the 95 % interval of a figure of the percentages of columns, each averaged over the domains {@code
     * [images, columns]}.
     */
    static Interval interval(
            List<double[]> domains, int columns, ToDoubleFunction<double[]> figure, int resamples, long seed) {
        RandomGenerator random = new Streams(seed).get("bootstrap", 0);
        double[] outcomes = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double[] sums = new double[columns];
            for (double[] domain : domains) {
                addResampledMeans(domain, sums, random);
            }
            for (int column = 0; column < columns; column++) {
                sums[column] = 100 * sums[column] / domains.size();
            }
            outcomes[r] = figure.applyAsDouble(sums);
        }
        Arrays.sort(outcomes);
        int cut = (int) (resamples * TAIL);
        return new Interval(outcomes[cut], outcomes[resamples - 1 - cut]);
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
}
