package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.Interval;
import dev.clap4j.evaluation.Spread;

/**
 * CLIP and CLAP in one measure. Percentages or percentage points.
 *
 * @param measure what is compared
 * @param title what that is called
 * @param clip CLIP's figure
 * @param clap CLAP's, over the heads
 * @param difference CLAP's mean less CLIP's
 * @param interval where the difference lies on other such images, 95 %; null if that was not looked into
 */
public record Comparison(
        Measure measure, String title, double clip, Spread clap, double difference, Interval interval) {

    static Comparison of(Measure measure, int shots, double clip, Spread clap, Interval interval) {
        return new Comparison(measure, measure.title(shots), clip, clap, clap.mean() - clip, interval);
    }

    /** The difference, positive where CLAP is better. */
    public double gain() {
        return measure.higherIsBetter() ? difference : -difference;
    }

    /** Whether that is more than a rounding of the last place shown. */
    public boolean improved() {
        return gain() >= 0.005;
    }
}
