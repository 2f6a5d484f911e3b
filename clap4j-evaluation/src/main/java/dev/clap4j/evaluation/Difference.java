package dev.clap4j.evaluation;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.clap4j.internal.io.OrNull;
import java.util.List;

/**
 * By how much one method differs from another in a measure, and whether that is more than chance.
 *
 * @param value the one's figure less the other's
 * @param interval where that lies, with 95 % confidence; null if nothing tells
 * @param over what was drawn by chance: the interval tells about others of these
 * @param count of how many
 * @param verdict what that means for the one
 */
public record Difference(double value, @OrNull Interval interval, Over over, int count, Significance verdict) {
    /** Differences below this do not show in two decimals. */
    private static final double SHOWN = 0.005;

    /** What chance draws. */
    public enum Over {
        /** The images, the same for both methods. */
        PICTURES("picture"),
        /** The heads, each from another seed. */
        HEADS("head"),
        /** The labelled images of a probe. */
        DRAWS("draw"),
        /** Whole runs. */
        RUNS("run");

        private final String word;

        Over(String word) {
            this.word = word;
        }

        /** In words. */
        @JsonValue
        public String words() {
            return word + "s";
        }
    }

    /**
     * A difference on the same images.
     *
     * @param interval by {@link PairedBootstrap}
     * @param pictures how many images
     * @param scale what the measure counts in
     */
    public static Difference onPictures(double value, Interval interval, int pictures, Scale scale) {
        return new Difference(value, interval, Over.PICTURES, pictures, verdict(value, interval, scale));
    }

    /**
     * The mean of differences, with Student's interval if there are three or more.
     *
     * @param differences at least one
     */
    public static Difference over(Over over, List<Double> differences, Scale scale) {
        Interval interval = Interval.ofMean(differences).orElse(null);
        double mean = Metrics.mean(differences);
        return new Difference(mean, interval, over, differences.size(), verdict(mean, interval, scale));
    }

    /**
     * What a measure counts in.
     *
     * @param moreIsBetter whether larger figures are better
     * @param unit what a difference of one percent is: 1, or 0.01 for what is no percentage
     */
    public record Scale(boolean moreIsBetter, double unit) {
        /** Percentages of which more is better. */
        public static final Scale MORE = new Scale(true, 1);

        /** Percentages or percentage points of which less is better. */
        public static final Scale LESS = new Scale(false, 1);
    }

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

    /** The value with its sign and so many decimals. */
    public String signed(int decimals) {
        return signed(value, decimals);
    }

    /** The interval's ends with their signs, {@code "-0.97 … +0.32"}; empty without one. */
    public String range(int decimals) {
        return interval == null ? "" : signed(interval.low(), decimals) + " … " + signed(interval.high(), decimals);
    }

    private static String signed(double value, int decimals) {
        String text = Metrics.decimals(value, decimals);
        boolean shows = text.chars().anyMatch(digit -> digit >= '1' && digit <= '9');
        return value > 0 && shows ? "+" + text : text;
    }

    /** The verdict in words, with the reason where there is none. */
    public String words() {
        String few = count == 1 ? "one " + over.word : count == 2 ? "two " + over.words() : count + " " + over.words();
        return (verdict == Significance.UNTOLD ? few + ": " : "") + verdict.words();
    }
}
