package dev.clap4j.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The predictions of several methods for the same images under several conditions, for pairwise comparison.
 *
 * @param methods their names
 * @param conditions the number of conditions, such as prompts or attacks
 * @param right for each domain {@code [images, methods, conditions]}: 1 for a correct prediction, 0 for a wrong one, or
 *     a fraction if an image was classified several times
 */
public record PairedAnswers(List<String> methods, int conditions, List<double[]> right) {
    /** Makes the lists unmodifiable. */
    public PairedAnswers {
        methods = List.copyOf(methods);
        right = List.copyOf(right);
    }

    /**
     * Collects the predictions of each method under each condition.
     *
     * @param byMethod by method, condition and domain {@code [images]}: the fraction of correct predictions, 0 to 1
     */
    public static PairedAnswers of(List<String> methods, List<List<List<double[]>>> byMethod) {
        int conditions = byMethod.get(0).size();
        int domains = byMethod.get(0).get(0).size();
        List<double[]> right = new ArrayList<>();
        for (int d = 0; d < domains; d++) {
            int images = byMethod.get(0).get(0).get(d).length;
            double[] rows = new double[images * methods.size() * conditions];
            int at = 0;
            for (int i = 0; i < images; i++) {
                for (List<List<double[]>> method : byMethod) {
                    for (List<double[]> condition : method) {
                        rows[at++] = condition.get(d)[i];
                    }
                }
            }
            right.add(rows);
        }
        return new PairedAnswers(methods, conditions, right);
    }

    /** Returns the number of images. */
    public int images() {
        return right.stream()
                .mapToInt(domain -> domain.length / methods.size() / conditions)
                .sum();
    }

    /** Compares the mean of all other methods with the first, one difference per metric. */
    public List<Difference> othersAgainstFirst(DerivedMetrics figures, long seed) {
        double[] weights = new double[methods.size()];
        for (int method = 1; method < weights.length; method++) {
            weights[method] = 1.0 / (weights.length - 1);
        }
        weights[0] = -1;
        return contrasts(List.of(weights), figures, seed);
    }

    /** Returns for each set of method weights and each metric the weighted sum over the methods. */
    private List<Difference> contrasts(List<double[]> weights, DerivedMetrics figures, long seed) {
        UnaryOperator<double[]> sums = percentages -> sums(weights, figures, percentages);
        double[] values = sums.apply(percentages());
        List<Interval> intervals = PairedBootstrap.intervals(
                right, methods.size() * conditions, sums, PairedBootstrap.resamples(images()), seed);
        List<String> names = figures.names();
        return IntStream.range(0, values.length)
                .mapToObj(i -> Difference.onPictures(
                        values[i], intervals.get(i), images(), figures.scale(names.get(i % names.size()))))
                .toList();
    }

    private double[] sums(List<double[]> weights, DerivedMetrics figures, double[] percentages) {
        int width = figures.names().size();
        double[] sums = new double[weights.size() * width];
        for (int method = 0; method < methods.size(); method++) {
            List<Double> own = figures.of(IntStream.range(method * conditions, (method + 1) * conditions)
                    .mapToObj(column -> percentages[column])
                    .toList());
            for (int w = 0; w < weights.size(); w++) {
                for (int figure = 0; figure < width; figure++) {
                    sums[w * width + figure] += weights.get(w)[method] * own.get(figure);
                }
            }
        }
        return sums;
    }

    /** Returns the accuracy of each method under each condition, averaged over the domains. */
    private double[] percentages() {
        double[] means = new double[methods.size() * conditions];
        for (double[] domain : right) {
            int images = domain.length / means.length;
            for (int i = 0; i < domain.length; i++) {
                means[i % means.length] += 100 * domain[i] / images / right.size();
            }
        }
        return means;
    }
}
