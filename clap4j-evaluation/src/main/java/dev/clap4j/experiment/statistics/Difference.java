package dev.clap4j.experiment.statistics;

import java.util.List;
import java.util.Locale;

/**
 * The difference between two methods in one metric, with its confidence interval.
 *
 * @param value the first method's value minus the second's
 * @param interval the 95 % confidence interval; null if there is none
 * @param over the source of randomness that the interval accounts for
 * @param count the size of the sample
 * @param verdict the outcome for the first method
 */
public record Difference(double value, Interval interval, Over over, int count, Significance verdict) {
    /** Differences below this round to zero at two decimals. */
    private static final double SHOWN = 0.005;

    /** The source of randomness. */
    public enum Over {
        /** The images, the same for both methods. */
        PICTURES,
        /** The heads, each from another seed. */
        HEADS,
        /** The labelled images of a probe. */
        DRAWS,
        /** Whole runs. */
        RUNS;

        private String counted(int count) {
            String words = name().toLowerCase(Locale.ROOT);
            return count == 1
                    ? "one " + words.substring(0, words.length() - 1)
                    : (count == 2 ? "two" : String.valueOf(count)) + " " + words;
        }
    }

    /** The outcome of a comparison. */
    public enum Significance {
        /** Significantly better: the 95 % interval of the difference excludes zero. */
        BETTER("better"),
        /** Significantly worse. */
        WORSE("worse"),
        /** No difference in the digits shown. */
        SAME("same"),
        /** A difference whose 95 % interval includes zero. */
        WITHIN_NOISE("within noise"),
        /** A difference without a confidence interval. */
        UNTOLD("no interval");

        private final String words;

        Significance(String words) {
            this.words = words;
        }
    }

    /**
     * Returns a difference measured on the same images.
     *
     * @param interval by {@link PairedBootstrap}
     * @param pictures the number of images
     * @param scale the scale of the metric
     */
    public static Difference onPictures(double value, Interval interval, int pictures, Scale scale) {
        return new Difference(value, interval, Over.PICTURES, pictures, verdict(value, interval, scale));
    }

    /**
     * Returns the mean difference, with Student's t interval for three or more values.
     *
     * @param differences at least one
     */
    public static Difference over(Over over, List<Double> differences, Scale scale) {
        Interval interval = Interval.ofMean(differences).orElse(null);
        double mean = Metrics.mean(differences);
        return new Difference(mean, interval, over, differences.size(), verdict(mean, interval, scale));
    }

    /**
     * The scale of a metric.
     *
     * @param moreIsBetter whether larger values are better
     * @param unit one percentage point: 1 for percentages, 0.01 for fractions
     */
    public record Scale(boolean moreIsBetter, double unit) {}

    private static Significance verdict(double value, Interval interval, Scale scale) {
        if (Math.abs(value) < SHOWN * scale.unit) {
            return Significance.SAME;
        }
        if (interval == null) {
            return Significance.UNTOLD;
        }
        if (!interval.excludesZero()) {
            return Significance.WITHIN_NOISE;
        }
        return value > 0 == scale.moreIsBetter ? Significance.BETTER : Significance.WORSE;
    }

    /** Formats the value with its sign and the given number of decimals. */
    public String signed(int decimals) {
        return signed(value, decimals);
    }

    /** Formats the interval with signs, {@code "-0.97 … +0.32"}; empty if there is none. */
    public String range(int decimals) {
        return interval == null ? "" : signed(interval.low(), decimals) + " … " + signed(interval.high(), decimals);
    }

    private static String signed(double value, int decimals) {
        String text = Metrics.decimals(value, decimals);
        boolean shows = text.chars().anyMatch(digit -> digit >= '1' && digit <= '9');
        return value > 0 && shows ? "+" + text : text;
    }

    /** Returns the verdict in words, or the reason there is none. */
    public String words() {
        return (verdict == Significance.UNTOLD ? over.counted(count) + ": " : "") + verdict.words;
    }
}
