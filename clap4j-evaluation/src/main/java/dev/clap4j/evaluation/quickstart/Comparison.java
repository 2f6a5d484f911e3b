package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Spread;

/**
 * A comparison of CLIP and CLAP by one metric, in percent or percentage points.
 *
 * @param measure the metric
 * @param title its title
 * @param clip the value of CLIP
 * @param clap the values of CLAP over the heads
 * @param difference the mean of CLAP minus the value of CLIP
 */
public record Comparison(QuickstartMetric measure, String title, double clip, Spread clap, Difference difference) {

    static Comparison of(QuickstartMetric measure, int shots, double clip, Spread clap, Difference difference) {
        return new Comparison(measure, measure.title(shots), clip, clap, difference);
    }
}
