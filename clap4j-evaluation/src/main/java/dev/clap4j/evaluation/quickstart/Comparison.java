package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Spread;

/**
 * CLIP and CLAP in one measure. Percentages or percentage points.
 *
 * @param measure what is compared
 * @param title what that is called
 * @param clip CLIP's figure
 * @param clap CLAP's, over the heads
 * @param difference CLAP's mean less CLIP's
 */
public record Comparison(QuickstartMetric measure, String title, double clip, Spread clap, Difference difference) {

    static Comparison of(QuickstartMetric measure, int shots, double clip, Spread clap, Difference difference) {
        return new Comparison(measure, measure.title(shots), clip, clap, difference);
    }
}
