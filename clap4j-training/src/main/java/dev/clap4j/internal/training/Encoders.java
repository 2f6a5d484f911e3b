package dev.clap4j.internal.training;

import dev.clap4j.training.Schedule;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The frozen encoders of a training run.
 *
 * @param dim the dimension D of the features
 * @param lasting the encoder of shared inputs
 * @param passing the encoder of single-step inputs
 * @param block the number of inputs per file; an interrupted run loses at most one block of encoding
 * @param sharing the order and grouping in which shared inputs are encoded
 */
record Encoders<K, V>(int dim, Encoding<K> lasting, Encoding<V> passing, int block, Sharing<K> sharing) {

    /**
     * The grouping of shared inputs for cheaper encoding.
     *
     * @param intervals the number of intervals whose shared inputs are encoded at once
     * @param order sorts the inputs so that those with common parts fall into one block
     */
    record Sharing<K>(int intervals, UnaryOperator<List<K>> order) {
        /** The number of intervals encoded at once, as a multiple of the earliest possible end of a run. */
        private static final int PATIENCES = 3;

        /**
         * Returns the grouping for inputs without common parts: each is encoded in the interval that first needs it, in
         * the order of first use.
         */
        static <K> Sharing<K> none() {
            return new Sharing<>(1, things -> things);
        }

        /**
         * Returns the grouping for texts, whose common prefixes are encoded once. With the published schedule, all
         * texts of a run are encoded at once, which is a tenth less work than interval by interval. A run that early
         * stopping ends as soon as possible encodes a sixth more than it needs.
         */
        static Sharing<String> ofBeginnings(Schedule schedule) {
            long together = Math.min(schedule.intervals(), PATIENCES * (schedule.patience() + 1L));
            return new Sharing<>(
                    (int) together, texts -> texts.stream().sorted().toList());
        }
    }
}
