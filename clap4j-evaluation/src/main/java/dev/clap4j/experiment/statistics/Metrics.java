package dev.clap4j.experiment.statistics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Collections;

/** The metrics of the paper's tables (CLAP, section 4.1). Accuracies are percentages, 0 to 100. */
public final class Metrics {
    private Metrics() {}

    /**
     * Returns the percentage of images classified correctly.
     *
     * @param predicted class numbers {@code [n]}, n at least 1
     * @param labels class numbers {@code [n]}
     */
    public static double accuracy(int[] predicted, int[] labels) {
        if (predicted.length != labels.length || labels.length == 0) {
            throw new IllegalArgumentException(predicted.length + " predictions for " + labels.length + " labels");
        }
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            correct += predicted[i] == labels[i] ? 1 : 0;
        }
        return 100.0 * correct / labels.length;
    }

    /** Returns the unweighted mean. */
    public static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    /** Returns R, the largest value minus the smallest. */
    public static double range(Collection<Double> values) {
        return Collections.max(values) - Collections.min(values);
    }

    /** Returns δ, the population standard deviation. */
    public static double deviation(Collection<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / values.size());
    }

    /** Returns the sample standard deviation (denominator n − 1) of at least two values, as shown after ±. */
    public static double sampleDeviation(Collection<Double> values) {
        double n = values.size();
        return deviation(values) * Math.sqrt(n / (n - 1));
    }

    /** Formats with two decimals, rounding the exact binary value half up. */
    public static String twoDecimals(double value) {
        return decimals(value, 2);
    }

    /** Formats with the given decimals, rounding the exact binary value half up; {@code NaN} and infinities by name. */
    public static String decimals(double value, int decimals) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString()
                : String.valueOf(value);
    }
}
